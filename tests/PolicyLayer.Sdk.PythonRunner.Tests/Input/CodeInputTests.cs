using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Input;

public sealed class CodeInputTests
{
    [Theory]
    [InlineData("\uFEFFprint('mark')", "mark\n")]
    [InlineData("print('a')\r\nprint('b')\r\n", "a\nb\n")]
    [InlineData("print('a')\rprint('b')", "a\nb\n")]
    [InlineData("# -*- coding: latin-1 -*-\nprint('ä')", "ä\n")]
    [InlineData("print('🐍')", "🐍\n")]
    [InlineData("print('no newline at the end')", "no newline at the end\n")]
    public async Task Text_is_taken_as_it_is_meant(string code, string expected)
    {
        PythonResult result = await Sandbox.RunAsync(code);

        Assert.Equal((expected, 0), (result.Stdout, result.ReturnCode));
    }

    [Fact]
    public async Task Nul_is_refused()
    {
        PythonResult result = await Sandbox.RunAsync("print('\0')");

        Assert.Equal((PythonOutcome.Refused, -1), (result.Outcome, result.ReturnCode));
        Assert.Contains("NUL", result.Error, StringComparison.Ordinal);
    }

    // Not inline data: an attribute cannot hold half of a pair.
    [Fact]
    public async Task Half_a_surrogate_pair_is_refused()
    {
        foreach (string half in (string[])["\ud800", "\udc00", "\udc00\ud800", "a\udfff"])
        {
            PythonResult result = await Sandbox.RunAsync($"print('{half}')");

            Assert.Equal((PythonOutcome.Refused, -1), (result.Outcome, result.ReturnCode));
            Assert.Contains("surrogate", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Code_of_the_full_size_runs_and_one_byte_more_is_refused()
    {
        string code = "print(1)#".PadRight(256 * 1024, 'x');

        PythonResult fits = await Sandbox.RunAsync(code);
        PythonResult exceeds = await Sandbox.RunAsync(code + "x");

        Assert.Equal("1\n", fits.Stdout);
        Assert.Equal(PythonOutcome.Refused, exceeds.Outcome);
        Assert.Contains("262145 bytes", exceeds.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Size_is_counted_in_bytes()
    {
        PythonResult result = await Sandbox.RunAsync("'€'", o => o.MaxCodeBytes = 4);

        Assert.Equal(PythonOutcome.Refused, result.Outcome);
    }

    [Fact]
    public async Task Null_is_the_callers_mistake() =>
        await Assert.ThrowsAsync<ArgumentNullException>(() => new PythonRunner().RunAsync(null!, null, TestContext.Current.CancellationToken));
}
