using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Stdio;

/// <summary>A call that waits for approval in a file, and processes that answer it and go on with it.</summary>
public sealed class ApprovalTests : IDisposable
{
    private const string Policy = """{ "version": "1", "default": "deny", "tools": { "echo": { "action": "require_approval" } } }""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("policylayer-approvals-");
    private int _id;

    private string State => "sqlite:" + Path.Combine(_folder.FullName, "state.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact(Timeout = 120_000)]
    public async Task Approval_from_another_process_outlives_the_proxy_and_lets_one_call_of_two_proxies_run()
    {
        Programs.NeedPython();
        string id;
        await using (ProxyProcess first = Start())
        {
            id = Decision(await CallAsync(first)).GetProperty("approval_id").GetString()!;
            Assert.Contains(id, await AnswerAsync("list"), StringComparison.Ordinal);
            await first.SignalAsync("KILL");
            await first.ExitAsync();
        }

        Assert.StartsWith($"approved {id}, echo for default", await AnswerAsync("approve", id), StringComparison.Ordinal);
        await using ProxyProcess one = Start();
        await using ProxyProcess other = Start();
        JsonElement[] results = await Task.WhenAll(CallAsync(one), CallAsync(other));
        JsonElement ran = Assert.Single(results, static result => !result.TryGetProperty("_meta", out _));
        Assert.Equal("a", ran.GetProperty("content")[0].GetProperty("text").GetString());
        JsonElement refused = Decision(Assert.Single(results, static result => result.TryGetProperty("_meta", out _)));
        Assert.Equal("approval_required", refused.GetProperty("reason").GetString());
        Assert.NotEqual(id, refused.GetProperty("approval_id").GetString());
    }

    // Two entries of a client's configuration may share a policy and a file.
    [Fact(Timeout = 120_000)]
    public async Task Approval_for_one_server_lets_nothing_run_on_another()
    {
        Programs.NeedPython();
        await using ProxyProcess one = Start();
        await using ProxyProcess other = Start("another");
        string id = Decision(await CallAsync(one)).GetProperty("approval_id").GetString()!;
        Assert.Contains("server    python3#", await AnswerAsync("show", id), StringComparison.Ordinal);
        await AnswerAsync("approve", id);
        Assert.Equal("approval_required", Decision(await CallAsync(other)).GetProperty("reason").GetString());
        Assert.False((await CallAsync(one)).TryGetProperty("_meta", out _));

        await using ProxyProcess named = new(Policy, "--state", State, "--server-name", "files", "--", "python3", Programs.Peer);
        id = Decision(await CallAsync(named)).GetProperty("approval_id").GetString()!;
        Assert.Contains("server    files\n", await AnswerAsync("show", id), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Call_that_is_held_is_refused_when_its_client_says_no_more()
    {
        Programs.NeedPython();
        await using var proxy = new ProxyProcess(Policy, "--state", State, "--approval-wait", "86400", "--", "python3", Programs.Peer);
        Task<JsonElement> refused = CallAsync(proxy);
        proxy.EndInput();
        JsonElement decision = Decision(await refused);
        Assert.Equal("approval_required", decision.GetProperty("reason").GetString());
        Assert.Contains(decision.GetProperty("approval_id").GetString()!, await AnswerAsync("list"), StringComparison.Ordinal);
        await proxy.ExitAsync();
    }

    private static JsonElement Decision(JsonElement result) => result.GetProperty("_meta").GetProperty("policylayer/decision");

    private ProxyProcess Start(params string[] arguments) => new(Policy, ["--state", State, "--", "python3", Programs.Peer, .. arguments]);

    private async Task<JsonElement> CallAsync(ProxyProcess proxy)
    {
        await proxy.SayAsync($$$"""{"jsonrpc":"2.0","id":{{{Interlocked.Increment(ref _id).ToString(CultureInfo.InvariantCulture)}}},"method":"tools/call","params":{"name":"echo","arguments":{"text":"a"} } }""");
        return JsonElement.Parse((await proxy.ReadAsync())!).GetProperty("result");
    }

    private async Task<string> AnswerAsync(params string[] command)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [Programs.Tool, "approvals", .. command, "--state", State]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
