using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Stdio;

/// <summary>Nothing that a server started lives on when the proxy has ended, whoever ends first: neither its children nor those whose own parent is gone.</summary>
public sealed class DescendantTests
{
    private const string AllowAll = """{ "version": "1", "default": "allow" }""";
    private const string Initialize = """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData("signal", 128 + 15)]
    [InlineData("end of input", 3)]
    [InlineData("killed server", 128 + 9)]
    [InlineData("death in a call", 7)]
    public async Task Descendants_end_with_the_server(string how, int code)
    {
        NeedProcesses();
        await using ProxyProcess proxy = ProxyProcess.InFrontOfPeer(AllowAll, "family");
        int[] family = Family(await proxy.ErrorAsync("family "));
        await proxy.SayAsync(Initialize);
        Assert.NotNull(await proxy.ReadAsync());
        Assert.All(family, static process => Assert.True(Processes.IsAlive(process)));
        switch (how)
        {
            case "signal":
                await proxy.SignalAsync("TERM");
                break;
            case "end of input":
                proxy.EndInput();
                break;
            case "killed server":
                await Processes.SignalAsync(family[0], "KILL");
                break;
            default:
                await proxy.SayAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"die"}}""");
                break;
        }

        Assert.Equal(code, await proxy.ExitAsync());
        await Processes.AreGoneAsync(family);
    }

    [Fact(Timeout = 60_000)]
    public async Task Server_that_does_not_end_is_killed_with_its_descendants()
    {
        NeedProcesses();
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Parse(AllowAll));
        string errors = Path.GetTempFileName();
        Pipe input = new(), output = new();
        Task<int> running = new StdioToolPolicyProxy(guard, new StdioToolPolicyProxyOptions
        {
            Command = "sh",
            Arguments = ["-c", "exec python3 \"$0\" stubborn 2>\"$1\"", Programs.Peer, errors],
            ShutdownTimeout = TimeSpan.FromSeconds(1),
        }).RunAsync(input.Reader.AsStream(), output.Writer.AsStream(), Token);

        // Once it answers, it has made itself and its children deaf to SIGTERM.
        await input.Writer.WriteAsync(Encoding.UTF8.GetBytes(Initialize + "\n"), Token);
        await output.Reader.ReadAsync(Token);
        await input.Writer.CompleteAsync();
        Assert.Equal(128 + 9, await running);
        await Processes.AreGoneAsync(Family((await File.ReadAllTextAsync(errors, Token))["family ".Length..]));
        File.Delete(errors);
    }

    [Fact(Timeout = 60_000)]
    public async Task Descendant_that_is_deaf_to_the_signal_is_killed_after_its_time()
    {
        NeedProcesses();
        string numbers = Path.GetTempFileName();
        Pipe input = new(), output = new();
        Task<int> running = new StdioToolPolicyProxy(ToolGuard.Create(ToolPolicy.Parse(AllowAll)), new StdioToolPolicyProxyOptions
        {
            Command = "sh",
            Arguments = ["-c", "trap '' TERM; sleep 1000 & echo $$ $! >\"$0\"; echo; read line; exit 5", numbers],
            ShutdownTimeout = TimeSpan.FromMilliseconds(200),
        }).RunAsync(input.Reader.AsStream(), output.Writer.AsStream(), Token);
        while ((await File.ReadAllTextAsync(numbers, Token)).Length == 0)
        {
            await Task.Delay(10, Token);
        }

        await input.Writer.CompleteAsync();
        Assert.Equal(5, await running);
        await Processes.AreGoneAsync(Family(await File.ReadAllTextAsync(numbers, Token)));
        File.Delete(numbers);
    }

    [Fact(Timeout = 60_000)]
    public async Task Server_leads_a_session_of_its_own_and_inherits_no_ignored_signal()
    {
        NeedProcesses();
        Pipe input = new(), output = new();
        var proxy = new StdioToolPolicyProxy(ToolGuard.Create(ToolPolicy.Parse(AllowAll)), new StdioToolPolicyProxyOptions
        {
            Command = "sh",
            Arguments = ["-c", "read id name state parent group session rest </proc/self/stat; read word ignored <<X\n$(grep SigIgn /proc/self/status)\nX\necho \"{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"method\\\":\\\"$((id == group)) $((id == session)) $((0x$ignored & 0x7fffffff))\\\"}\""],
        });
        Assert.Equal(0, await proxy.RunAsync(input.Reader.AsStream(), output.Writer.AsStream(), Token));
        string said = Encoding.UTF8.GetString((await output.Reader.ReadAsync(Token)).Buffer.FirstSpan);
        Assert.Equal("""{"jsonrpc":"2.0","method":"1 1 0"}""" + "\n", said);
    }

    private static void NeedProcesses()
    {
        Programs.NeedPython();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the test looks into /proc");
    }

    private static int[] Family(string numbers) => [.. numbers.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(static number => int.Parse(number, CultureInfo.InvariantCulture))];
}
