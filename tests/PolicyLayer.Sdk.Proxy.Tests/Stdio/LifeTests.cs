using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using PolicyLayer.Sdk.Proxy.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Proxy.Tests.Stdio;

/// <summary>How a proxy on stdio begins and ends, with real processes.</summary>
public sealed class LifeTests
{
    private const string AllowAll = """{ "version": "1", "default": "allow" }""";
    private const string Initialize = """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}""";

    [Fact]
    public async Task End_of_the_input_ends_the_server_whose_exit_code_is_ours()
    {
        Programs.NeedPython();
        await using ProxyProcess proxy = ProxyProcess.InFrontOfPeer(AllowAll, "code");
        await proxy.SayAsync(Initialize);
        await proxy.SayAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"é"}}}""");
        proxy.EndInput();
        Assert.Contains("serverInfo", await proxy.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal("""{"jsonrpc":"2.0", "id":1, "result":{"content":[{"type":"text", "text":"\u00e9"}]}}""", await proxy.ReadAsync());
        Assert.Null(await proxy.ReadAsync());
        Assert.Equal("echo", await proxy.ErrorAsync("ran "));
        Assert.Equal(3, await proxy.ExitAsync());
        Assert.Equal(["ok"], proxy.Outcomes());
    }

    [Fact]
    public async Task Server_that_dies_in_a_call_is_an_error_for_the_client_and_the_audit()
    {
        Programs.NeedPython();
        await using ProxyProcess proxy = ProxyProcess.InFrontOfPeer(AllowAll);
        await proxy.SayAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"die"}}""");
        Assert.Equal("""{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"the server ended before it answered"}}""", await proxy.ReadAsync());
        Assert.Equal(7, await proxy.ExitAsync());
        Assert.Equal(["error"], proxy.Outcomes());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("INT", 2)]
    [InlineData("TERM", 15)]
    [InlineData("HUP", 1)]
    public async Task Signal_is_passed_on_and_the_server_says_how_it_ends(string name, int number)
    {
        Programs.NeedPython();
        Programs.NeedSignal(number);
        await using ProxyProcess proxy = ProxyProcess.InFrontOfPeer(AllowAll, "signal");
        await proxy.SayAsync(Initialize);
        Assert.NotNull(await proxy.ReadAsync());
        await proxy.SignalAsync(name);
        Assert.Equal(number.ToString(CultureInfo.InvariantCulture), await proxy.ErrorAsync("signal "));
        Assert.Equal(40 + number, await proxy.ExitAsync());
    }

    // Whoever took the signal before the proxy did has told it so.
    [Fact(Timeout = 60_000)]
    public async Task Signal_that_came_before_the_server_was_started_starts_none()
    {
        FileInfo trace = new(Path.Combine(Path.GetTempPath(), "policylayer-" + Guid.NewGuid().ToString("N")));
        var proxy = new StdioToolPolicyProxy(ToolGuard.Create(ToolPolicy.Parse(AllowAll)), new StdioToolPolicyProxyOptions { Command = "/bin/sh", Arguments = ["-c", "echo started > $0", trace.FullName], ForwardSignals = true });
        await Assert.ThrowsAsync<OperationCanceledException>(() => proxy.RunAsync(new Pipe().Reader.AsStream(), Stream.Null, beforeStart: new CancellationToken(canceled: true), TestContext.Current.CancellationToken));
        Assert.False(trace.Exists);
    }

    // Who presses Ctrl+C again means it.
    [Fact(Timeout = 60_000)]
    public async Task Signal_that_comes_again_kills_a_server_that_does_not_end()
    {
        await using var proxy = new ProxyProcess(AllowAll, "--", "/bin/sh", "-c", "trap '' TERM; echo ready >&2; while :; do sleep 0.1; done");
        await proxy.ErrorAsync("ready");
        Task<string> killed = proxy.ErrorAsync("policylayer: the proxy was asked again to end, so the server was killed");
        while (!killed.IsCompleted)
        {
            await proxy.SignalAsync("TERM");
            await Task.WhenAny(killed, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        Assert.Empty(await killed);

        // How the server ended; or, where one signal more came when the proxy was through with it, how that ended the proxy.
        Assert.Contains(await proxy.ExitAsync(), (int[])[128 + 9, 128 + 15]);
    }

    // A host is signalled once, and may come to end its proxy seconds later.
    [Fact(Timeout = 60_000)]
    public async Task Cancellation_behind_a_signal_is_no_signal_that_comes_again()
    {
        Programs.NeedPython();
        Programs.NeedSignal(1);
        var time = new ManualTimeProvider();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Pipe input = new(), output = new();
        Task<int> running = new StdioToolPolicyProxy(ToolGuard.Create(ToolPolicy.Parse(AllowAll)), new StdioToolPolicyProxyOptions
        {
            Command = "python3",
            Arguments = ["-c", """
                import signal, sys
                def say(method): print('{"jsonrpc":"2.0","method":"%s"}' % method, flush=True)
                signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP, signal.SIGTERM])
                say("ready")
                signal.sigwait([signal.SIGHUP])
                say("asked")
                signal.sigwait([signal.SIGTERM])
                sys.exit(5)
                """],
            ForwardSignals = true,
            TimeProvider = time,
        }).RunAsync(input.Reader.AsStream(), output.Writer.AsStream(), end.Token);
        using var said = new StreamReader(output.Reader.AsStream());
        Assert.Contains("ready", await said.ReadLineAsync(end.Token), StringComparison.Ordinal);
        using Process kill = Process.Start("kill", ["-HUP", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        Assert.Contains("asked", await said.ReadLineAsync(end.Token), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(2));
        await end.CancelAsync();
        Assert.Equal(5, await running);
    }

    [Fact]
    public async Task Server_that_a_signal_ends_is_128_and_the_signal()
    {
        Programs.NeedPython();
        await using ProxyProcess proxy = ProxyProcess.InFrontOfPeer(AllowAll);
        await proxy.SayAsync(Initialize);
        Assert.NotNull(await proxy.ReadAsync());
        await proxy.SignalAsync("TERM");
        Assert.Equal(128 + 15, await proxy.ExitAsync());
    }

    [Theory]
    [InlineData("no-such-program-anywhere")]
    [InlineData("./no/such/program")]
    [InlineData("/etc/passwd")]
    public async Task Server_that_cannot_be_started_is_named(string command)
    {
        await using var proxy = new ProxyProcess(AllowAll, "--", command, "--policy", "x");
        Assert.StartsWith($"the command `{command}` cannot be started", await proxy.ErrorAsync("policylayer: "), StringComparison.Ordinal);
        Assert.Equal(2, await proxy.ExitAsync());
    }
}
