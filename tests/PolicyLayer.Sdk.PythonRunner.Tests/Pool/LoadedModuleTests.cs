using PolicyLayer.Sdk.Python.Tests.Life;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Pool;

/// <summary>A waiting interpreter has loaded all that is allowed, and is not given a program that wants more.</summary>
[Collection(Alone.Name)]
public sealed class LoadedModuleTests
{
    [Theory]
    [InlineData("from json import loads\nprint(loads('1'))", true)]
    [InlineData("import json.decoder\nprint(1)", true)]
    [InlineData("from math import *\nprint(int(sqrt(1)))", true)]
    [InlineData("import datetime\nprint(datetime.datetime.strptime('2020-01-01', '%Y-%m-%d').day)", true)]
    [InlineData("from __future__ import annotations\nprint(1)", true)]
    [InlineData("print('1'.encode('utf-16-le').decode('utf-16-le').encode('cp1252').decode('latin-1'))", true)]
    [InlineData("import json.tool\nprint(1)", false)]
    [InlineData("import xml.etree.ElementTree as E\nprint(E.fromstring('<a>1</a>').text)", false)]
    [InlineData("from xml.etree.ElementTree import fromstring\nprint(fromstring('<a>1</a>').text)", false)]
    public async Task Program_gets_a_waiting_interpreter_where_that_has_all_it_wants(string code, bool isPooled)
    {
        await using PooledPython python = await PooledPython.WarmAsync(1, o => o.Allow("json", "math", "datetime", "xml"));
        IReadOnlyList<int> waiting = python.Processes;

        PythonResult result = await python.RunAsync(code);

        Assert.Equal(("1\n", ""), (result.Stdout, result.Stderr));
        await ProcessTable.EventuallyAsync(() => python.Processes.Intersect(waiting).Any() != isPooled, "the wrong interpreter ran it");
    }

    [Fact]
    public async Task Usual_program_of_a_model_works_in_a_waiting_interpreter()
    {
        await using PooledPython python = await PooledPython.WarmAsync(1, o => o.Allow(
            "json", "datetime", "re", "collections", "random", "math", "dataclasses", "decimal", "itertools", "functools", "statistics", "string",
            "enum", "typing", "time", "textwrap", "fractions", "heapq", "bisect", "operator", "copy", "hashlib", "base64", "uuid"));
        IReadOnlyList<int> waiting = python.Processes;

        PythonResult result = await python.RunAsync(Sandbox.Program("benign.py"));

        Assert.Equal(("", 0), (result.Stderr, result.ReturnCode));
        await ProcessTable.EventuallyAsync(() => !python.Processes.Intersect(waiting).Any(), "another interpreter ran it");
    }

    [Fact]
    public async Task What_is_not_allowed_is_blocked_in_a_waiting_interpreter_too()
    {
        await using PooledPython python = await PooledPython.WarmAsync(1, o => o.Allow("random"));

        PythonResult result = await python.RunAsync("import random, os");

        Assert.EndsWith("ImportError: import of 'os' is blocked by the sandbox (allowed: random)\n", result.Stderr, StringComparison.Ordinal);
    }
}
