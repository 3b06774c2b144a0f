using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Running;

public sealed class TimeoutTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData("while True: pass")]
    [InlineData("while True:\n    try:\n        while True: pass\n    except BaseException: pass")]
    [InlineData("import time\ntime.sleep(1000)")]
    [InlineData("10 ** 10 ** 10")]
    [InlineData("import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass")]
    public async Task Program_without_end_is_ended(string code)
    {
        PythonResult result = await Sandbox.RunAsync(code, o => o.Allow("time", "signal"), Short);

        Assert.Equal((PythonOutcome.Timeout, 137), (result.Outcome, result.ReturnCode));
    }

    [Fact]
    public async Task What_was_printed_before_the_end_is_kept()
    {
        PythonResult result = await Sandbox.RunAsync("print('partial')\nwhile True: pass", null, Short);

        Assert.Equal((PythonOutcome.Timeout, "partial\n"), (result.Outcome, result.Stdout));
    }

    [Fact]
    public async Task Worker_that_closes_its_outputs_is_ended_all_the_same()
    {
        const string Code = "import posix\nposix.close(1); posix.close(2)\nwhile True: pass";

        PythonResult result = await Sandbox.RunAsync(Code, o => o.Allow("posix"), Short);

        Assert.Equal(PythonOutcome.Timeout, result.Outcome);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(15.001)]
    [InlineData(1e6)]
    public async Task Time_out_of_range_is_refused(double seconds)
    {
        PythonResult result = await Sandbox.RunAsync("print(1)", null, TimeSpan.FromSeconds(seconds));

        Assert.Equal((PythonOutcome.Refused, -1, ""), (result.Outcome, result.ReturnCode, result.Stdout));
        Assert.Contains("time-out", result.Error, StringComparison.Ordinal);
    }
}
