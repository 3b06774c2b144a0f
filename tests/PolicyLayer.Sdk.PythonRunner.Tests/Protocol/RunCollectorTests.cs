using System.Text;
using PolicyLayer.Sdk.Python.Execution;
using PolicyLayer.Sdk.Python.Protocol;

namespace PolicyLayer.Sdk.Python.Tests.Protocol;

public sealed class RunCollectorTests
{
    private const string Full =
        "layers=closed_descriptors,no_new_privileges,capabilities,limits,not_dumpable,parent_death_signal,seccomp,self_test,landlock,landlock_worker\nmissing=\nunloaded=\n";

    private const string Exit = "why=exited\ncode=0\nsignal=0\nwall_us=5\ncpu_us=1\npeak_kb=1\nstdout_truncated=0\nstderr_truncated=0\n";

    [Theory]
    [InlineData("o", "x")]
    [InlineData("e", "x")]
    [InlineData("x", Exit)]
    [InlineData("s", "")]
    [InlineData("r", "layers=seccomp")]
    [InlineData("r", "")]
    [InlineData("n", "layer=seccomp")]
    public void Frame_before_its_time_or_with_a_hole_is_an_error(string kind, string content) =>
        Assert.Throws<InvalidDataException>(() => Collector().Take(Frame(kind, content)));

    [Theory]
    [InlineData("r", Full)]
    [InlineData("s", "")]
    [InlineData("n", "layer=a\nreason=b\n")]
    [InlineData("x", "why=won\ncode=0\nsignal=0\nwall_us=5\nstdout_truncated=0\nstderr_truncated=0\n")]
    [InlineData("x", "why=exited\ncode=-1\nsignal=0\nwall_us=5\nstdout_truncated=0\nstderr_truncated=0\n")]
    [InlineData("x", "why=exited\n")]
    public void Frame_after_its_time_or_with_nonsense_is_an_error(string kind, string content)
    {
        RunCollector collector = Started();

        Assert.Throws<InvalidDataException>(() => collector.Take(Frame(kind, content)));
    }

    [Fact]
    public void Report_below_the_required_level_is_no_run()
    {
        PythonResult? result = Collector().Take(Frame("r", "layers=seccomp\nmissing=landlock\n"));

        Assert.Equal(PythonOutcome.Unavailable, result?.Outcome);
    }

    [Fact]
    public void Supervisor_that_forwards_too_much_is_cut_by_the_host()
    {
        RunCollector collector = Started();
        for (int i = 0; i < 40; i++)
        {
            Assert.Null(collector.Take(Frame("o", new string('x', 65536))));
        }

        PythonResult result = collector.Take(Frame("x", Exit))!;

        Assert.Equal((1024 * 1024, true), (result.Stdout.Length, result.StdoutTruncated));
    }

    [Fact]
    public void Lost_supervisor_leaves_what_it_had_forwarded()
    {
        RunCollector collector = Started();
        collector.Take(Frame("o", "before"));

        PythonResult lost = collector.Lost("it is gone");

        Assert.Equal((PythonOutcome.Unavailable, -1, "before", "it is gone"), (lost.Outcome, lost.ReturnCode, lost.Stdout, lost.Error));
        Assert.Equal(IsolationLevel.Kernel, lost.Isolation.Level);
    }

    [Theory]
    [InlineData("exited", 3, 0, PythonOutcome.Exited, 3)]
    [InlineData("exited", 511, 0, PythonOutcome.Exited, 255)]
    [InlineData("signaled", 0, 11, PythonOutcome.Signaled, 139)]
    [InlineData("timeout", 0, 0, PythonOutcome.Timeout, 137)]
    [InlineData("memory", 1, 0, PythonOutcome.Memory, 1)]
    [InlineData("output_limit", 0, 9, PythonOutcome.OutputLimit, 137)]
    public void Exit_is_told_as_a_shell_would(string why, int code, int signal, PythonOutcome outcome, int returnCode)
    {
        PythonResult result = Started().Take(Frame(
            "x", $"why={why}\ncode={code}\nsignal={signal}\nwall_us=1500\nstdout_truncated=0\nstderr_truncated=0\n"))!;

        Assert.Equal((outcome, returnCode), (result.Outcome, result.ReturnCode));
        Assert.Equal(TimeSpan.FromMicroseconds(1500), result.ExecutionTime);
    }

    private static RunCollector Collector() => new(RunnerSettings.From(new PythonRunnerOptions()));

    private static RunCollector Started()
    {
        RunCollector collector = Collector();
        Assert.Null(collector.Take(Frame("r", Full)));
        Assert.Null(collector.Take(Frame("s", "")));
        return collector;
    }

    private static Frame Frame(string kind, string content) => new((FrameKind)kind[0], Encoding.UTF8.GetBytes(content));
}
