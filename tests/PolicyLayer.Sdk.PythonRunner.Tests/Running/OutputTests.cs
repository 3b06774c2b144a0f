using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Running;

public sealed class OutputTests
{
    [Theory]
    [InlineData("while True: print('x' * 1000)", true, false)]
    [InlineData("print('x' * 10_000_000)", true, false)]
    [InlineData("import sys\nwhile True: sys.stderr.write('e' * 1000)", false, true)]
    public async Task Flood_is_stopped_and_cut_at_the_limit(string code, bool onStdout, bool onStderr)
    {
        PythonResult result = await Sandbox.RunAsync(code, o =>
        {
            o.Allow("sys");
            o.MaxStdoutBytes = 5000;
            o.MaxStderrBytes = 3000;
        });

        Assert.Equal((PythonOutcome.OutputLimit, 137), (result.Outcome, result.ReturnCode));
        Assert.Equal((onStdout, onStderr), (result.StdoutTruncated, result.StderrTruncated));
        Assert.Equal((onStdout ? 5000 : 0, onStderr ? 3000 : 0), (result.Stdout.Length, result.Stderr.Length));
    }

    [Fact]
    public async Task Exactly_the_limit_is_not_too_much()
    {
        PythonResult result = await Sandbox.RunAsync("print('x' * 99)", o => o.MaxStdoutBytes = 100);

        Assert.Equal((PythonOutcome.Exited, false, 100), (result.Outcome, result.StdoutTruncated, result.Stdout.Length));
    }

    [Fact]
    public async Task Cut_leaves_no_broken_character()
    {
        PythonResult result = await Sandbox.RunAsync("print('€' * 100)", o => o.MaxStdoutBytes = 100);

        Assert.Equal(new string('€', 33), result.Stdout);
    }

    [Fact]
    public async Task Text_of_every_script_comes_through()
    {
        PythonResult result = await Sandbox.RunAsync("print('äß€ 漢字 🐍 \\x00 \\u202e')");

        Assert.Equal("äß€ 漢字 🐍 \0 \u202e\n", result.Stdout);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_a_Python_error()
    {
        PythonResult result = await Sandbox.RunAsync("print('\\ud800')");

        Assert.Contains("UnicodeEncodeError", result.Stderr, StringComparison.Ordinal);
        Assert.Equal(1, result.ReturnCode);
    }

    [Theory]
    [InlineData("sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')", "print('text')")]
    [InlineData("sys.stdout = io.TextIOWrapper(sys.stdout.detach(), encoding='utf-8')", "print('text')\nraise SystemExit(0)")]
    [InlineData("sys.stdout = open(1, 'w', encoding='utf-8', closefd=False)", "print('text')")]
    public async Task Text_of_an_output_that_the_program_made_comes_through(string made, string printed)
    {
        PythonResult result = await Sandbox.RunAsync($"import io, sys\n{made}\n{printed}", o =>
        {
            o.Allow("io", "sys");
            o.DisabledLayers.Add("audit");
        });

        Assert.Equal((0, "text\n", ""), (result.ReturnCode, result.Stdout, result.Stderr));
    }

    [Fact]
    public async Task Text_comes_in_the_order_in_which_it_was_printed_to_one_output_after_the_other()
    {
        PythonResult result = await Sandbox.RunAsync(
            "import io, sys\nprint('first')\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer)\nprint('second')", o => o.Allow("io", "sys"));

        Assert.Equal("first\nsecond\n", result.Stdout);
    }

    [Theory]
    [InlineData("sys.stdout = None")]
    [InlineData("del sys.stdout")]
    [InlineData("sys.stdout.close()")]
    [InlineData("sys.stdout = io.StringIO()\nprint('kept to itself')")]
    public async Task Output_that_the_program_gave_up_is_no_failure(string code)
    {
        PythonResult result = await Sandbox.RunAsync("import io, sys\n" + code, o => o.Allow("io", "sys"));

        Assert.Equal((0, "", ""), (result.ReturnCode, result.Stdout, result.Stderr));
    }

    [Fact]
    public async Task Both_outputs_are_told_apart()
    {
        PythonResult result = await Sandbox.RunAsync("import sys\nprint('out')\nprint('err', file=sys.stderr)", o => o.Allow("sys"));

        Assert.Equal(("out\n", "err\n"), (result.Stdout, result.Stderr));
    }
}
