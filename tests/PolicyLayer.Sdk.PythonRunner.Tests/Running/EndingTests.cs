using System.Text;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Running;

public sealed class EndingTests
{
    [Theory]
    [InlineData("raise SystemExit", 0)]
    [InlineData("raise SystemExit(3)", 3)]
    [InlineData("raise SystemExit(-1)", 255)]
    [InlineData("raise SystemExit(256)", 0)]
    [InlineData("raise SystemExit(True)", 1)]
    [InlineData("exit(7)", 7)]
    [InlineData("quit()", 0)]
    [InlineData("import sys\nsys.exit(4)", 4)]
    public async Task Exit_code_is_the_programs(string code, int expected)
    {
        PythonResult result = await Sandbox.RunAsync("print('before')\n" + code, o => o.Allow("sys"));

        Assert.Equal((PythonOutcome.Exited, expected, "before\n"), (result.Outcome, result.ReturnCode, result.Stdout));
    }

    [Theory]
    [InlineData("10 ** 400")]
    [InlineData("-10 ** 400")]
    [InlineData("1 << 64")]
    public async Task Exit_code_that_no_process_can_have_is_a_failure(string code)
    {
        PythonResult result = await Sandbox.RunAsync($"raise SystemExit({code})");

        Assert.Equal((PythonOutcome.Exited, 255), (result.Outcome, result.ReturnCode));
    }

    [Fact]
    public async Task Exit_code_that_computes_otherwise_is_the_number_that_it_is()
    {
        PythonResult result = await Sandbox.RunAsync("class Code(int):\n    def __and__(self, other): return 'text'\nraise SystemExit(Code(3))");

        Assert.Equal((3, ""), (result.ReturnCode, result.Stderr));
    }

    [Fact]
    public async Task Exit_with_text_prints_it()
    {
        PythonResult result = await Sandbox.RunAsync("raise SystemExit('goodbye')");

        Assert.Equal((1, "goodbye\n"), (result.ReturnCode, result.Stderr));
    }

    [Fact]
    public async Task Exception_shows_where_it_was_raised_and_nothing_of_the_sandbox()
    {
        PythonResult result = await Sandbox.RunAsync("def f(x):\n    return 1 / x\n\nprint('partial')\nf(0)");

        Assert.Equal(1, result.ReturnCode);
        Assert.Equal("partial\n", result.Stdout);
        Assert.Equal(
            """
            Traceback (most recent call last):
              File "<code>", line 5, in <module>
                f(0)
              File "<code>", line 2, in f
                return 1 / x
            ZeroDivisionError: division by zero

            """,
            result.Stderr);
    }

    [Fact]
    public async Task Chained_exceptions_show_both()
    {
        PythonResult result = await Sandbox.RunAsync(
            "try:\n    int('x')\nexcept ValueError as e:\n    raise KeyError('k') from e");

        Assert.Contains("ValueError: invalid literal", result.Stderr, StringComparison.Ordinal);
        Assert.Contains("direct cause", result.Stderr, StringComparison.Ordinal);
        Assert.EndsWith("KeyError: 'k'\n", result.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exception_that_cannot_be_shown_still_ends_in_a_line()
    {
        PythonResult result = await Sandbox.RunAsync("class E(Exception):\n    def __str__(self): raise E\nraise E");

        Assert.Equal(1, result.ReturnCode);
        Assert.Contains("E: <exception str() failed>", result.Stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class S:\n    def __str__(self): raise ValueError\nraise SystemExit(S())")]
    [InlineData("class X(SystemExit):\n    @property\n    def code(self): raise SystemExit(0)\nraise X")]
    [InlineData("class M(type):\n    @property\n    def __name__(self): raise ValueError\n    __module__ = __name__\nclass E(Exception, metaclass=M): pass\nraise E")]
    [InlineData("class E(Exception):\n    @property\n    def __class__(self): raise SystemExit(0)\nraise E")]
    public async Task End_that_cannot_be_told_is_a_failure_all_the_same(string code)
    {
        PythonResult result = await Sandbox.RunAsync("print('before')\n" + code);

        Assert.Equal((PythonOutcome.Exited, 1, "before\n"), (result.Outcome, result.ReturnCode, result.Stdout));
    }

    [Fact]
    public async Task Syntax_error_points_at_the_line()
    {
        PythonResult result = await Sandbox.RunAsync("x = 1\ny = = 2\n");

        Assert.Equal(1, result.ReturnCode);
        Assert.StartsWith("  File \"<code>\", line 2\n    y = = 2\n        ^\nSyntaxError: ", result.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_recursion_is_an_error_of_reasonable_length()
    {
        PythonResult result = await Sandbox.RunAsync("def f(): f()\nf()");

        Assert.Contains("RecursionError", result.Stderr, StringComparison.Ordinal);
        Assert.InRange(result.Stderr.Length, 1, 2000);
    }

    [Fact]
    public async Task Memory_limit_has_an_outcome_of_its_own()
    {
        PythonResult result = await Sandbox.RunAsync("print('start')\nx = []\nwhile True: x.append(bytearray(1 << 20))");

        Assert.Equal((PythonOutcome.Memory, 1, "start\n"), (result.Outcome, result.ReturnCode, result.Stdout));
        Assert.Contains("MemoryError", result.Stderr, StringComparison.Ordinal);
    }

    /// <summary>One is too large to be taken, the other to be made ready for its own traceback.</summary>
    [Theory]
    [InlineData("😀")]
    [InlineData("x\n")]
    public async Task Program_whose_text_alone_is_too_large_met_the_memory_limit(string repeated)
    {
        string code = "#" + string.Concat(Enumerable.Repeat(repeated, 12 * 1024 * 1024 / Encoding.UTF8.GetByteCount(repeated)));

        PythonResult result = await Sandbox.RunAsync(code, o =>
        {
            o.MemoryLimitMegabytes = 64;
            o.MaxCodeBytes = 16 * 1024 * 1024;
        });

        Assert.Equal((PythonOutcome.Memory, 1, "MemoryError\n", null), (result.Outcome, result.ReturnCode, result.Stderr, result.Error));
    }

    [Fact]
    public async Task Output_that_cannot_be_written_is_a_failure()
    {
        PythonResult result = await Sandbox.RunAsync("import posix\nprint('lost')\nposix.close(1)", o => o.Allow("posix"));

        Assert.Equal((PythonOutcome.Exited, 120), (result.Outcome, result.ReturnCode));
        Assert.Contains("OSError: [Errno 9]", result.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_for_which_there_is_no_memory_met_the_memory_limit()
    {
        const string Code = """
            kept = None
            print('x' * 5000, end='')
            try:
                while True: kept = (kept, bytearray(1 << 12))
            except MemoryError: pass
            try:
                while True: kept = (kept, bytearray(40))
            except MemoryError: pass
            try:
                while True: kept = [kept]
            except MemoryError: pass
            """;

        PythonResult result = await Sandbox.RunAsync(Code, o => o.MemoryLimitMegabytes = 64);

        Assert.True(result is { Outcome: PythonOutcome.Exited, ReturnCode: 0, Stdout.Length: 5000 } or { Outcome: PythonOutcome.Memory, ReturnCode: not 0 }, $"{result.Outcome} {result.ReturnCode}, {result.Stdout.Length} characters");
    }

    [Fact]
    public async Task Memory_error_that_is_handled_is_no_end()
    {
        PythonResult result = await Sandbox.RunAsync("try:\n    bytearray(1 << 40)\nexcept MemoryError:\n    print('handled')");

        Assert.Equal((PythonOutcome.Exited, 0, "handled\n"), (result.Outcome, result.ReturnCode, result.Stdout));
    }
}
