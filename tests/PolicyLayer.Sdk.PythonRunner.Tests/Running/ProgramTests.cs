using PolicyLayer.Sdk.Python.Tests.Matrix;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Running;

public sealed class ProgramTests
{
    [Theory]
    [InlineData("print(6 * 7)", "42\n")]
    [InlineData("def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib(15))", "610\n")]
    [InlineData("print(f'{3.14159:.2f}', [x * x for x in range(4)], {**{'a': 1}})", "3.14 [0, 1, 4, 9] {'a': 1}\n")]
    [InlineData("def g():\n    yield from range(3)\nprint(list(g()), sorted('cab'), sum(map(int, '123')))", "[0, 1, 2] ['a', 'b', 'c'] 6\n")]
    [InlineData("class A:\n    x: int = 1\n    def __repr__(self): return 'A!'\nprint(A(), A.__annotations__ and __name__)", "A! __main__\n")]
    [InlineData("try:\n    {}['x']\nexcept KeyError as e:\n    print('caught', e)\nfinally:\n    print('end')", "caught 'x'\nend\n")]
    [InlineData("from __future__ import annotations\ndef f(x: Undefined): return 1\nprint(f(0))", "1\n")]
    [InlineData("import __main__\nprint(__main__.__name__)", "__main__\n")]
    [InlineData("print('x', end='')", "x")]
    [InlineData("import_count = 1\nprint(2 ** 100)", "1267650600228229401496703205376\n")]
    [InlineData("# coding: latin-1\nprint('ä', len('ä'))", "ä 1\n")]
    [InlineData("", "")]
    public async Task Plain_program_prints_its_result(string code, string expected)
    {
        PythonResult result = await Sandbox.RunAsync(code);

        Assert.Equal(expected, result.Stdout);
        Assert.Equal("", result.Stderr);
        Assert.Equal((PythonOutcome.Exited, 0), (result.Outcome, result.ReturnCode));
        Assert.Null(result.Error);
    }

    /// <summary>What the language itself loads late is there without an allow-list, in an interpreter that waited as in its own.</summary>
    [Theory]
    [InlineData("3.11", "π = 1\nprint(π, '\\N{BULLET}')", "1 •\n")]
    [InlineData("3.13", "π = 1\nprint(π, '\\N{BULLET}')", "1 •\n")]
    [InlineData("3.12", "print(10 ** 20000 // 7 ** 5000 % 97)", "88\n")]
    [InlineData("3.13", "print(10 ** 20000 // 7 ** 5000 % 97)", "88\n")]
    [InlineData("3.12", "class Pair[A, B]:\n    pass\nprint(Pair[int, str].__args__)", "(<class 'int'>, <class 'str'>)\n")]
    [InlineData("3.13", "class Pair[A, B]:\n    pass\nprint(Pair[int, str].__args__)", "(<class 'int'>, <class 'str'>)\n")]
    public async Task Program_without_imports_has_the_whole_language(string version, string code, string expected)
    {
        string python = await InstalledPython.FindAsync(version);
        foreach (int pool in (int[])[0, 1])
        {
            await using PythonRunner runner = Sandbox.Runner(o => (o.PythonPath, o.PoolSize) = (python, pool));
            await runner.WarmUpAsync(TestContext.Current.CancellationToken);

            PythonResult result = await runner.RunAsync(code, null, TestContext.Current.CancellationToken);

            Assert.Equal(("", expected), (result.Stderr, result.Stdout));
        }
    }

    [Fact]
    public async Task What_the_language_has_loaded_is_not_there_to_be_imported()
    {
        PythonResult result = await Sandbox.RunAsync("π = 1\nimport unicodedata");

        Assert.EndsWith("ImportError: import of 'unicodedata' is blocked by the sandbox\n", result.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Result_names_the_level_and_the_layers()
    {
        PythonResult result = await Sandbox.RunAsync("pass");

        Assert.InRange(result.Isolation.Level, IsolationLevel.Kernel, IsolationLevel.Full);
        Assert.Contains("seccomp", result.Isolation.Layers);
        Assert.Contains("landlock", result.Isolation.Layers);
        Assert.Contains("pid_namespace", result.Isolation.Layers.Concat(result.Isolation.Missing));
    }

    /// <summary>Making them takes as long as a tenth of a run, and <c>compile</c> would.</summary>
    [Fact]
    public async Task Program_is_compiled_without_the_types_of_the_ast_module()
    {
        PythonResult result = await Sandbox.RunAsync("print('AST' in [kind.__name__ for kind in object.__subclasses__()])");

        Assert.Equal("False\n", result.Stdout);
    }

    [Fact]
    public async Task Program_does_not_find_what_compiled_it()
    {
        PythonResult result = await Sandbox.RunAsync(
            """
            try:
                raise KeyError
            except KeyError as error:
                frame = error.__traceback__.tb_frame
            found = []
            while frame is not None:
                found += [getattr(value, '__name__', '') for value in frame.f_locals.values()]
                frame = frame.f_back
            print('exec' in found, 'compiled' in found)
            """);

        Assert.Equal("True False\n", result.Stdout);
    }

    [Fact]
    public async Task Standard_input_is_empty()
    {
        PythonResult result = await Sandbox.RunAsync("input()");

        Assert.Contains("EOFError", result.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_runner_serves_a_hundred_callers_at_once()
    {
        PythonRunner runner = Sandbox.Runner();

        PythonResult[] results = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => runner.RunAsync($"print({i} * 1000)", null, TestContext.Current.CancellationToken)));

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i * 1000}\n"), results.Select(r => r.Stdout));
    }

    [Fact]
    public async Task Runs_share_nothing()
    {
        PythonRunner runner = Sandbox.Runner();

        await runner.RunAsync("__builtins__.leftover = 1", null, TestContext.Current.CancellationToken);
        PythonResult second = await runner.RunAsync("leftover", null, TestContext.Current.CancellationToken);

        Assert.Contains("NameError", second.Stderr, StringComparison.Ordinal);
    }
}
