using System.IO.Pipelines;
using System.Text;
using PolicyLayer.Sdk.Proxy.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Proxy.Tests.Stdio;

/// <summary>A server that dies in the middle of calls: what it had stays counted, what it never got does not.</summary>
public sealed class DeathTests
{
    private const string Policy = """
        { "version": "1", "default": "deny", "tools": {
            "die": { "limits": [{ "counter": "deaths", "window": "hour", "max": 1, "scope": "grant" }] },
            "secret": { "action": "require_approval", "limits": [{ "counter": "secrets", "window": "hour", "max": 1, "scope": "grant" }] } } }
        """;

    private const string Die = """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"die"}}""";
    private const string Ask = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"secret"}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Call_that_the_server_had_stays_counted_and_one_that_it_never_got_does_not()
    {
        Programs.NeedPython();
        var audit = new RecordingSink();
        var person = new Person();
        ToolGuard guard = audit.Guard(Policy, builder => builder.UseApprovalHandler(person));

        (StreamWriter client, StreamReader answers, Task<int> running) = Run(guard);
        await client.WriteLineAsync(Ask);
        await person.Asked.Task;
        await client.WriteLineAsync(Die);
        string?[] told = [await answers.ReadLineAsync(Token), await answers.ReadLineAsync(Token)];
        Assert.All(told, static answer => Assert.EndsWith("\"error\":{\"code\":-32603,\"message\":\"the server ended before it answered\"}}", answer, StringComparison.Ordinal));
        Assert.Equal(7, await running);
        Assert.Equal([ToolOutcome.Error], audit.Outcomes);

        // Another server, and the same counters.
        person.Answers = true;
        (client, answers, running) = Run(guard);
        await client.WriteLineAsync(Die);
        Assert.Contains("limit_exceeded", await answers.ReadLineAsync(Token), StringComparison.Ordinal);
        await client.WriteLineAsync(Ask);
        Assert.Contains("unknown", await answers.ReadLineAsync(Token), StringComparison.Ordinal);
        await client.DisposeAsync();
        Assert.Equal(0, await running);
        Assert.Equal([ToolOutcome.Error, ToolOutcome.Error], audit.Outcomes);
    }

    [Fact(Timeout = 60_000)]
    public async Task Client_that_does_not_read_holds_up_no_end()
    {
        Programs.NeedPython();
        var audit = new RecordingSink();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Pipe input = new(), output = new();
        Task<int> running = new StdioToolPolicyProxy(audit.Guard("""{ "version": "1", "default": "allow" }"""), new StdioToolPolicyProxyOptions { Command = "python3", Arguments = [Programs.Peer], ShutdownTimeout = TimeSpan.FromMilliseconds(100) })
            .RunAsync(input.Reader.AsStream(), output.Writer.AsStream(), end.Token);
        await input.Writer.WriteAsync(Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"big","arguments":{"size":4000000}}}""" + "\n"), Token);
        Assert.True((await output.Reader.ReadAsync(Token)).Buffer.Length > 0);

        // From here on nobody reads, and the answer is far from its end.
        await end.CancelAsync();
        Assert.Equal(128 + 15, await running);
        Assert.Equal([ToolOutcome.Error], audit.Outcomes);
    }

    private static (StreamWriter Client, StreamReader Answers, Task<int> Running) Run(ToolGuard guard)
    {
        Pipe input = new(), output = new();
        Task<int> running = new StdioToolPolicyProxy(guard, new StdioToolPolicyProxyOptions { Command = "python3", Arguments = [Programs.Peer] })
            .RunAsync(input.Reader.AsStream(), output.Writer.AsStream(), Token);
        return (new StreamWriter(input.Writer.AsStream()) { AutoFlush = true, NewLine = "\n" }, new StreamReader(output.Reader.AsStream()), running);
    }

    /// <summary>Takes its time at first.</summary>
    private sealed class Person : IApprovalHandler
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Answers { get; set; }

        public async ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            await (Answers ? Task.CompletedTask : Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
            return ApprovalAnswer.Approved;
        }
    }
}
