using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Running;

public sealed class AllowedModulesTests
{
    private static readonly string[] Usual =
    [
        "json", "datetime", "re", "collections", "random", "math", "dataclasses", "decimal", "itertools", "functools", "statistics", "string",
        "enum", "typing", "time", "textwrap", "fractions", "heapq", "bisect", "operator", "copy", "hashlib", "base64", "uuid",
    ];

    [Fact]
    public async Task Usual_program_of_a_model_works()
    {
        PythonResult result = await Sandbox.RunAsync(Sandbox.Program("benign.py"), o => o.Allow(Usual));

        Assert.Equal("", result.Stderr);
        Assert.Equal(0, result.ReturnCode);
        Assert.Contains("2020-01-02 00:00:00 Wednesday", result.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import xml.etree.ElementTree as E\nprint(E.fromstring('<a>1</a>').text)", "1\n")]
    [InlineData("from xml.etree import ElementTree\nprint(ElementTree.fromstring('<a>2</a>').text)", "2\n")]
    [InlineData("from xml.etree.ElementTree import fromstring\nprint(fromstring('<a>3</a>').text)", "3\n")]
    public async Task Submodules_come_with_their_package(string code, string expected)
    {
        PythonResult result = await Sandbox.RunAsync(code, o => o.Allow("xml"));

        Assert.Equal((expected, ""), (result.Stdout, result.Stderr));
    }

    [Theory]
    [InlineData("import traceback\ntry:\n    1/0\nexcept ZeroDivisionError:\n    traceback.print_exc()", "line 3, in <module>\n    1/0\n")]
    [InlineData("import logging\ntry:\n    1/0\nexcept ZeroDivisionError:\n    logging.exception('failed')", "ERROR:root:failed\nTraceback")]
    [InlineData("import warnings\nwarnings.warn('careful')", "UserWarning: careful")]
    [InlineData("import unittest\nclass T(unittest.TestCase):\n    def test(self): self.assertEqual(1, 2)\nunittest.main()", "AssertionError: 1 != 2")]
    public async Task Modules_that_show_source_show_it(string code, string expected)
    {
        PythonResult result = await Sandbox.RunAsync(code, o => o.Allow("traceback", "logging", "warnings", "unittest"));

        Assert.Contains(expected, result.Stderr, StringComparison.Ordinal);
        Assert.DoesNotContain("blocked by the sandbox", result.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_on_the_list_is_blocked_with_the_list()
    {
        PythonResult result = await Sandbox.RunAsync("import random, os", o => o.Allow("random", "math"));

        Assert.EndsWith("ImportError: import of 'os' is blocked by the sandbox (allowed: math, random)\n", result.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Module_that_does_not_exist_is_an_ordinary_error()
    {
        PythonResult result = await Sandbox.RunAsync("import nonesuch", o => o.Allow("nonesuch"));

        Assert.Contains("No module named 'nonesuch'", result.Stderr, StringComparison.Ordinal);
    }
}
