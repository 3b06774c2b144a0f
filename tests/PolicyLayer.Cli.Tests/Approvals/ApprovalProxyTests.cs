using System.IO.Pipes;
using System.Text;
using System.Text.Json;

namespace PolicyLayer.Cli.Tests.Approvals;

/// <summary>Calls that wait for approval in front of <c>policylayer proxy</c>, and commands that answer them.</summary>
public sealed class ApprovalProxyTests : IAsyncDisposable
{
    private const string Policy = """{ "version": "1", "default": "deny", "tools": { "pay": { "action": "require_approval" } } }""";

    /// <summary>Answers each call with how many have run.</summary>
    private const string Server = """
        import json, sys
        runs = 0
        for line in sys.stdin:
            message = json.loads(line)
            runs += 1
            print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": {"content": [{"type": "text", "text": "run %d" % runs}]}}), flush=True)
        """;

    private readonly Tool _tool = new();
    private readonly AnonymousPipeServerStream _toProxy = new(PipeDirection.Out);
    private readonly AnonymousPipeServerStream _fromProxy = new(PipeDirection.In);
    private readonly StreamReader _answers;
    private Task<int> _running = Task.FromResult(0);
    private int _id;

    public ApprovalProxyTests() => _answers = new StreamReader(_fromProxy);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string State => "sqlite:" + _tool.PathOf("state.db");

    public async ValueTask DisposeAsync()
    {
        await _toProxy.DisposeAsync();
        await _running;
        _answers.Dispose();
        await _fromProxy.DisposeAsync();
        _tool.Dispose();
    }

    [Fact(Timeout = 120_000)]
    public async Task Refused_call_runs_once_when_it_was_approved_and_comes_again()
    {
        Start();
        JsonElement refused = await CallAsync(1);
        JsonElement decision = refused.GetProperty("result").GetProperty("_meta").GetProperty("policylayer/decision");
        Assert.Equal("approval_required", decision.GetProperty("reason").GetString());
        string id = decision.GetProperty("approval_id").GetString()!;
        Assert.Contains($"`{id}`", Text(refused), StringComparison.Ordinal);
        Assert.Equal(id, Decision(await CallAsync(1), "approval_id"));

        Assert.Equal(0, (await _tool.RunAsync("approvals", "approve", id, "--state", State)).Code);
        Assert.NotEqual(id, Decision(await CallAsync(2), "approval_id"));
        Assert.Equal("run 1", Text(await CallAsync(1)));

        string? again = Decision(await CallAsync(1), "approval_id");
        Assert.NotNull(again);
        Assert.NotEqual(id, again);
    }

    [Fact(Timeout = 120_000)]
    public async Task Denied_call_is_refused_for_good()
    {
        Start();
        string id = Decision(await CallAsync(1), "approval_id")!;
        Assert.Equal(0, (await _tool.RunAsync("approvals", "deny", id, "--state", State)).Code);
        Assert.Equal("approval_denied", Decision(await CallAsync(1), "reason"));
        Assert.Equal(1, (await _tool.RunAsync("approvals", "approve", id, "--state", State)).Code);
        Assert.Equal("approval_denied", Decision(await CallAsync(1), "reason"));
    }

    [Fact(Timeout = 120_000)]
    public async Task Call_that_waits_runs_as_soon_as_it_is_approved()
    {
        Start("--approval-wait", "86400");
        Task<JsonElement> answer = CallAsync(1);
        string[] waiting;
        do
        {
            waiting = (await _tool.RunAsync("approvals", "list", "--state", State, "--format", "json")).Lines;
        }
        while (waiting.Length == 0);

        JsonElement asked = JsonElement.Parse(Assert.Single(waiting));
        Assert.Equal(("pay", "{\"amount\":1}", "default"), (asked.GetProperty("tool").GetString(), asked.GetProperty("arguments").GetRawText(), asked.GetProperty("grant").GetString()));
        Assert.Equal(0, (await _tool.RunAsync("approvals", "approve", asked.GetProperty("id").GetString()!, "--state", State)).Code);
        Assert.Equal("run 1", Text(await answer));
    }

    [Fact(Timeout = 120_000)]
    public async Task In_memory_nothing_waits()
    {
        StartIn("memory");
        JsonElement refused = await CallAsync(1);
        Assert.Equal("approval_required", Decision(refused, "reason"));
        Assert.Null(Decision(refused, "approval_id"));
    }

    private static string? Decision(JsonElement answer, string member) =>
        answer.GetProperty("result").GetProperty("_meta").GetProperty("policylayer/decision").TryGetProperty(member, out JsonElement value) ? value.GetString() : null;

    private static string? Text(JsonElement answer) => answer.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString();

    private void Start(params string[] more) => StartIn(State, more);

    private void StartIn(string state, params string[] more)
    {
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "python3"))), "python3 is not on PATH");
        if (state != "memory")
        {
            // So that a command that looks before the proxy has opened it finds a file.
            new Sdk.SqliteApprovalStore(state.Split(':', 2)[1]).Dispose();
        }

        string[] args = ["proxy", "--policy", _tool.File("policy.json", Policy), "--state", state, .. more, "--", "python3", _tool.File("server.py", Server)];
        var input = new AnonymousPipeClientStream(PipeDirection.In, _toProxy.ClientSafePipeHandle);
        var output = new AnonymousPipeClientStream(PipeDirection.Out, _fromProxy.ClientSafePipeHandle);
        _running = Task.Run(() => CommandLine.RunAsync(args, new CommandStreams(input, TextWriter.Null, TextWriter.Null, IsPlain: true) { Bytes = output }, CancellationToken.None), Token);
    }

    private async Task<JsonElement> CallAsync(int amount)
    {
        await _toProxy.WriteAsync(Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":{{++_id}},"method":"tools/call","params":{"name":"pay","arguments":{"amount":{{amount}} } } }""" + "\n"), Token);
        return JsonElement.Parse((await _answers.ReadLineAsync(Token))!);
    }
}
