namespace PolicyLayer.Sdk.Python.Tests.Protocol;

/// <summary>What a host does with its signals, its children do as well, until they say otherwise.</summary>
public sealed class InheritedSignalsTests
{
    [Fact]
    public async Task Ending_is_known_where_the_host_ignores_the_end_of_its_children()
    {
        SupervisorTalk talk = await SupervisorTalk.StartAsync();

        (string output, int _) = await talk.SayAsync(
            talk.Lock(), SupervisorTalk.Run(), hangUp: false, "import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN)");

        Assert.Contains("ran\n", output, StringComparison.Ordinal);
        Assert.Contains("why=exited\ncode=0\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_printed_is_kept_at_the_deadline_where_the_host_blocks_signals()
    {
        SupervisorTalk talk = await SupervisorTalk.StartAsync();

        (string output, int _) = await talk.SayAsync(
            talk.Lock(),
            SupervisorTalk.Run("0.5", "print('ran')\nwhile True: pass"),
            hangUp: false,
            "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())");

        Assert.Contains("ran\n", output, StringComparison.Ordinal);
        Assert.Contains("why=timeout\n", output, StringComparison.Ordinal);
    }
}
