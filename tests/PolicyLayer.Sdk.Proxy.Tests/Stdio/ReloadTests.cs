using System.Globalization;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Stdio;

/// <summary>A policy file that changes while <c>policylayer proxy</c> stands in front of a server on stdio.</summary>
public sealed class ReloadTests
{
    private const string Limits = """ "limits": [{ "counter": "runs", "window": "day", "max": 2 }] """;
    private const string Before = $$$"""{ "version": "1", "default": "deny", "tools": { "echo": { {{{Limits}}} } } }""";
    private const string After = $$$"""{ "version": "1", "default": "deny", "tools": { "big": {}, "echo": { {{{Limits}}} } } }""";

    private int _id;

    [Fact(Timeout = 120_000)]
    public async Task Changed_file_judges_the_next_call_a_broken_one_is_told_and_counters_stay()
    {
        Programs.NeedPython();
        await using ProxyProcess proxy = ProxyProcess.InFrontOfPeer(Before);
        Assert.Contains("\"text\":\"a\"", await CallAsync(proxy, "echo", """{"text":"a"}"""), StringComparison.Ordinal);
        proxy.ChangePolicy("""{ "version": "1", "default": "allow", "tolls": {} }""");
        Assert.Contains("cannot be used, so the policy before stays in force", await proxy.ErrorAsync("policylayer: the policy file "), StringComparison.Ordinal);
        Assert.Contains("default_deny", await CallAsync(proxy, "big", """{"size":1}"""), StringComparison.Ordinal);

        proxy.ChangePolicy(After);
        while ((await CallAsync(proxy, "big", """{"size":1}""")).Contains("default_deny", StringComparison.Ordinal))
        {
        }

        Assert.Contains("\"text\":\"b\"", await CallAsync(proxy, "echo", """{"text":"b"}"""), StringComparison.Ordinal);
        Assert.Contains("limit_exceeded", await CallAsync(proxy, "echo", """{"text":"c"}"""), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Call_under_way_ends_under_the_policy_that_judged_it()
    {
        Programs.NeedPython();
        await using var proxy = new ProxyProcess("""{ "version": "1", "default": "allow" }""", "--", "python3", "-c", """
            import json, sys
            held = []
            for line in sys.stdin:
                call = json.loads(line)
                name = call["params"]["name"]
                held += [call["id"]] if name == "slow" else []
                for id in (held if name == "end" else []) + ([call["id"]] if name != "slow" else []):
                    print('{"jsonrpc":"2.0","id":%s,"result":{"content":[]}}' % json.dumps(id), flush=True)
            """);
        await proxy.SayAsync("""{"jsonrpc":"2.0","id":"under way","method":"tools/call","params":{"name":"slow"}}""");
        Assert.DoesNotContain("denied", await CallAsync(proxy, "slower", "{}"), StringComparison.Ordinal);
        proxy.ChangePolicy("""{ "version": "1", "default": "allow", "tools": { "slow*": { "action": "deny" } } }""");
        while (!(await CallAsync(proxy, "slower", "{}")).Contains("denied", StringComparison.Ordinal))
        {
        }

        Assert.Contains("denied", await CallAsync(proxy, "slow", "{}"), StringComparison.Ordinal);
        Assert.Contains("\"id\":\"under way\",\"result\"", await CallAsync(proxy, "end", "{}"), StringComparison.Ordinal);
        Assert.Contains("\"result\":{\"content\":[]}", await proxy.ReadAsync(), StringComparison.Ordinal);
        proxy.EndInput();
        Assert.Equal(0, await proxy.ExitAsync());
        Assert.All(proxy.Outcomes(), static outcome => Assert.Equal("ok", outcome));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("tells", "initialize", """ "protocolVersion":"2025-06-18" """, """{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}""")]
    [InlineData("plain", "initialize", """ "protocolVersion":"2025-06-18" """, null)]
    [InlineData("plain", "subscriptions/listen", """ "notifications":{"toolsListChanged":true} """, """{"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":"s"}}}""")]
    [InlineData("plain", "subscriptions/listen", """ "notifications":{"promptsListChanged":true} """, null)]
    public async Task Client_is_told_once_that_the_list_may_have_changed_where_the_server_said_so(string mode, string method, string parameters, string? told)
    {
        Programs.NeedPython();
        await using ProxyProcess proxy = ProxyProcess.InFrontOfPeer(Before, mode);
        await proxy.SayAsync($$"""{"jsonrpc":"2.0","id":"s","method":"{{method}}","params":{ {{parameters}} } }""");
        Assert.NotNull(await proxy.ReadAsync());
        proxy.ChangePolicy(After);
        string answer;
        do
        {
            answer = await CallAsync(proxy, "big", """{"size":1}""");
        }
        while (answer.Contains("default_deny", StringComparison.Ordinal));

        if (told is not null)
        {
            // It may come before or behind the answer that shows the change.
            string[] both = [answer, (await proxy.ReadAsync())!];
            Assert.Contains(told, both);
            answer = both.Single(line => line != told);
        }

        Assert.Contains("\"text\":\"x\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"text\":\"a\"", await CallAsync(proxy, "echo", """{"text":"a"}"""), StringComparison.Ordinal);
    }

    // Such as `--policy <(generate)`: it gives what it holds once.
    [Fact(Timeout = 60_000)]
    public async Task Policy_from_a_pipe_is_read_once()
    {
        Programs.NeedPython();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "named pipes of the file system");
        string folder = Directory.CreateTempSubdirectory("policylayer-pipe-").FullName;
        try
        {
            string pipe = Path.Combine(folder, "piped");
            using (var make = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            {
                await make.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            await using var proxy = new ProxyProcess(After, "--policy", pipe, "--", "python3", Programs.Peer);
            await File.WriteAllTextAsync(pipe, After.Replace("\"big\": {}, ", string.Empty, StringComparison.Ordinal), TestContext.Current.CancellationToken);
            Assert.Contains("default_deny", await CallAsync(proxy, "big", """{"size":1}"""), StringComparison.Ordinal);
            Assert.Contains("\"text\":\"a\"", await CallAsync(proxy, "echo", """{"text":"a"}"""), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<string> CallAsync(ProxyProcess proxy, string tool, string arguments)
    {
        await proxy.SayAsync($$$"""{"jsonrpc":"2.0","id":{{{(++_id).ToString(CultureInfo.InvariantCulture)}}},"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""");
        return (await proxy.ReadAsync())!;
    }
}
