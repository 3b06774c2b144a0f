using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Mcp.Tests.ClientSide;

/// <summary>The guarded transport by itself, between a test that sends and a server that answers what it likes.</summary>
public sealed class ClientTransportTests : IAsyncDisposable
{
    private const string Policy = """
        { "version": "1", "default": "allow", "hide": ["secret"], "tools": { "pay": { "deny_if": [{ "name": "much", "conditions": [{ "path": "args.amount", "op": "gt", "value": 5 }] }] },
            "once": { "limits": [{ "counter": "once", "window": "minute", "max": 1, "scope": "grant" }] } } }
        """;

    private readonly FakeServer _server = new();
    private readonly RecordingSink _audit = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hidden_tool_answers_as_a_server_does_that_does_not_have_it()
    {
        await using ITransport transport = await ConnectAsync();
        await transport.SendMessageAsync(Call(1, "secret"), Token);
        JsonRpcError error = Assert.IsType<JsonRpcError>(await transport.MessageReader.ReadAsync(Token));
        Assert.Equal((-32602, "Unknown tool: 'secret'"), (error.Error.Code, error.Error.Message));
        Assert.Empty(_server.Received);
    }

    [Fact]
    public async Task What_leaves_is_what_was_judged_whoever_holds_the_message()
    {
        JsonRpcRequest request = Call(1, "pay", """{ "amount": 1 }""");
        await using ITransport transport = await ConnectAsync(new Meddler(() => request.Params!["arguments"]!["amount"] = 100));
        await transport.SendMessageAsync(request, Token);
        JsonRpcRequest sent = Assert.IsType<JsonRpcRequest>(Assert.Single(_server.Received));
        Assert.Equal(1, sent.Params!["arguments"]!["amount"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("""{ "name": "echo", "name": "other", "arguments": { "text": "x" } }""")]
    [InlineData("""{ "name": "echo", "Name": "other", "arguments": { "text": "x" } }""")]
    [InlineData("""{ "name": "echo", "arguments": { "text": "x" }, "Arguments": { "text": "bad" } }""")]
    [InlineData("""{ "name": "echo", "arguments": { "text": "x" }, "argument\u017F": { "text": "bad" } }""")]
    [InlineData("""{ "NAME": "echo" }""")]
    [InlineData("""{ "name": 1 }""")]
    [InlineData("""{ }""")]
    [InlineData("""["echo"]""")]
    public async Task Call_that_two_servers_could_read_in_two_ways_does_not_leave(string parameters)
    {
        await using ITransport transport = await ConnectAsync();
        await transport.SendMessageAsync(new JsonRpcRequest { Id = new RequestId(1), Method = "tools/call", Params = JsonNode.Parse(parameters) }, Token);
        Assert.Empty(_server.Received);
        JsonRpcResponse answer = Assert.IsType<JsonRpcResponse>(await transport.MessageReader.ReadAsync(Token));
        Assert.Equal("malformed_call", answer.Result!["_meta"]!["policylayer/decision"]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task Call_that_asks_for_a_task_is_judged_before_it_leaves_and_leaves_whole()
    {
        await using ITransport transport = await ConnectAsync();
        JsonRpcRequest denied = Call(1, "pay", """{ "amount": 100 }""");
        denied.Params!["task"] = new JsonObject { ["ttl"] = 60000 };
        await transport.SendMessageAsync(denied, Token);
        Assert.Empty(_server.Received);

        JsonRpcRequest allowed = Call(2, "pay", """{ "amount": 1 }""");
        allowed.Params!["task"] = new JsonObject { ["ttl"] = 60000 };
        await transport.SendMessageAsync(allowed, Token);
        Assert.Equal(60000, Assert.IsType<JsonRpcRequest>(Assert.Single(_server.Received)).Params!["task"]!["ttl"]!.GetValue<int>());
    }

    [Fact]
    public async Task Id_that_waits_already_is_refused()
    {
        await using ITransport transport = await ConnectAsync();
        await transport.SendMessageAsync(Call(1, "pay"), Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => transport.SendMessageAsync(Call(1, "other"), Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => transport.SendMessageAsync(new JsonRpcRequest { Id = new RequestId(1), Method = "tools/list" }, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => transport.SendMessageAsync(new JsonRpcRequest { Method = "tools/call", Params = new JsonObject { ["name"] = "other" } }, Token));
        Assert.Single(_server.Received);
    }

    [Fact]
    public async Task Answer_to_a_call_that_is_still_judged_never_comes_before_the_denial()
    {
        await using ITransport transport = await ConnectAsync(new Meddler(() => _server.Answer(new JsonRpcResponse { Id = new RequestId(1), Result = new JsonObject { ["content"] = new JsonArray() } }), _server.Idle));
        await transport.SendMessageAsync(Call(1, "pay", """{ "amount": 100 }"""), Token);
        JsonRpcResponse answer = Assert.IsType<JsonRpcResponse>(await transport.MessageReader.ReadAsync(Token));
        Assert.True(answer.Result!["isError"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("""{ "content": [] }""", ToolOutcome.Ok)]
    [InlineData("""{ "content": [], "isError": false }""", ToolOutcome.Ok)]
    [InlineData("""{ "content": [], "isError": true }""", ToolOutcome.Error)]
    [InlineData("""{ "content": [], "isError": false, "isError": true }""", ToolOutcome.Error)]
    [InlineData("""{ "task": { "taskId": "7" } }""", ToolOutcome.Ok)]
    [InlineData("[]", ToolOutcome.Error)]
    public async Task Call_is_settled_once_by_its_answer(string result, ToolOutcome outcome)
    {
        await using ITransport transport = await ConnectAsync();
        await transport.SendMessageAsync(Call(1, "once"), Token);
        _server.Answer(new JsonRpcResponse { Id = new RequestId("1"), Result = JsonNode.Parse(result) });
        _server.Answer(new JsonRpcResponse { Id = new RequestId(1), Result = JsonNode.Parse(result) });
        _server.Answer(new JsonRpcResponse { Id = new RequestId(1), Result = JsonNode.Parse(result) });
        for (int i = 0; i < 3; i++)
        {
            await transport.MessageReader.ReadAsync(Token);
        }

        Assert.Equal([outcome], _audit.Outcomes);
    }

    [Fact]
    public async Task Error_cancellation_and_a_lost_connection_settle_a_call()
    {
        ITransport transport = await ConnectAsync();
        await transport.SendMessageAsync(Call(1, "pay"), Token);
        await transport.SendMessageAsync(Call(2, "pay"), Token);
        await transport.SendMessageAsync(Call(3, "pay"), Token);
        _server.Answer(new JsonRpcError { Id = new RequestId(1), Error = new JsonRpcErrorDetail { Code = -32603, Message = "broken" } });
        await transport.MessageReader.ReadAsync(Token);
        await transport.SendMessageAsync(new JsonRpcNotification { Method = "notifications/cancelled", Params = new JsonObject { ["requestId"] = 2 } }, Token);
        Assert.Equal(2, _audit.Outcomes.Count());
        await transport.DisposeAsync();
        Assert.Equal([ToolOutcome.Error, ToolOutcome.Cancelled, ToolOutcome.Error], _audit.Outcomes);
    }

    [Fact]
    public async Task Connection_that_cannot_be_closed_settles_a_call_all_the_same()
    {
        ITransport transport = await ConnectAsync();
        await transport.SendMessageAsync(Call(1, "pay"), Token);
        _server.FailsToEnd = true;
        await Assert.ThrowsAsync<IOException>(async () => await transport.DisposeAsync());
        Assert.Equal([ToolOutcome.Error], _audit.Outcomes);
        _server.FailsToEnd = false;
    }

    [Fact]
    public async Task Call_whose_connection_is_lost_while_it_is_judged_does_not_leave()
    {
        // Some transports still send when they receive no more, and nobody would ever settle the call.
        ITransport? connected = null;
        var services = new ServiceCollection();
        services.AddToolPolicies(static options => options.AddPolicy(ToolPolicy.Parse(Policy)))
            .AddAuditSink(_audit)
            .AddAuditSink(new LosingSink(_server.End, () => connected!.MessageReader.Completion));
        await using ServiceProvider host = services.BuildServiceProvider();
        await using ITransport transport = connected = await _server.WithToolPolicies(host.GetRequiredService<ToolGuard>()).ConnectAsync(Token);
        await Assert.ThrowsAsync<IOException>(() => transport.SendMessageAsync(Call(1, "pay"), Token));
        Assert.Empty(_server.Received);
        Assert.Equal([ToolOutcome.NotRun], _audit.Outcomes);
    }

    // Nobody is asked on about a call that cannot be made any more, and nobody waits for the answer.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_that_waits_for_a_person_ends_with_the_connection(bool byDisposal)
    {
        var handler = new Unanswered();
        var services = new ServiceCollection();
        services.AddToolPolicies(static options => options.AddPolicy(ToolPolicy.Parse("""{ "version": "1", "default": "deny", "tools": { "pay": { "action": "require_approval" } } }"""))).UseApprovalHandler(handler);
        await using ServiceProvider host = services.BuildServiceProvider();
        await using ITransport transport = await _server.WithToolPolicies(host.GetRequiredService<ToolGuard>()).ConnectAsync(Token);
        Task call = transport.SendMessageAsync(Call(1, "pay"), Token);
        await handler.Asked.Task.WaitAsync(Token);
        if (byDisposal)
        {
            await transport.DisposeAsync();
        }
        else
        {
            _server.End();
        }

        await Assert.ThrowsAsync<IOException>(() => call.WaitAsync(TimeSpan.FromSeconds(10), Token));
        Assert.Empty(_server.Received);
        await handler.Told.Task.WaitAsync(Token);
    }

    [Theory]
    [InlineData("""{ "tools": [{ "name": "a", "inputSchema": {} }, { "name": "secret" }, { "name": "b", "x-unknown": 7 }], "nextCursor": "2", "other": 1 }""", """{"tools":[{"name":"a","inputSchema":{}},{"name":"b","x-unknown":7}],"nextCursor":"2","other":1}""")]
    [InlineData("""{ "tools": [{ "Name": "secret" }, { "name": "a", "NAME": "secret" }, { "name": 1 }, "secret", { "name": "b" }] }""", """{"tools":[{"name":"b"}]}""")]
    [InlineData("""{ "tools": [], "Tools": [{ "name": "secret" }] }""", null)]
    [InlineData("""{ "tools": [], "tool\u017F": [{ "name": "secret" }] }""", null)]
    [InlineData("""{ "tools": [], "tools": [{ "name": "secret" }] }""", null)]
    [InlineData("""{ "tools": [{ "name": "a", "name": "secret" }] }""", null)]
    [InlineData("""{ "tools": { "name": "secret" } }""", null)]
    [InlineData("""[]""", null)]
    public async Task Listing_shows_what_can_be_read_for_certain(string result, string? shown)
    {
        await using ITransport transport = await ConnectAsync();
        await transport.SendMessageAsync(new JsonRpcRequest { Id = new RequestId(1), Method = "tools/list" }, Token);
        _server.Answer(new JsonRpcResponse { Id = new RequestId(1), Result = JsonNode.Parse(result) });
        JsonRpcMessage answer = await transport.MessageReader.ReadAsync(Token);
        Assert.Equal(shown, (answer as JsonRpcResponse)?.Result?.ToJsonString());
        Assert.Equal(shown is null, answer is JsonRpcError);
    }

    [Fact]
    public async Task Transport_is_guarded_once_by_a_guard()
    {
        ToolGuard guard = GuardedClient.GuardOf(Policy, _audit);
        IClientTransport once = _server.WithToolPolicies(guard, Grant.Default);
        Assert.Same(once, once.WithToolPolicies(guard, Grant.Default));
        Assert.Throws<InvalidOperationException>(() => once.WithToolPolicies(guard, new Grant("alice")));
        await using ITransport transport = await once.WithToolPolicies(GuardedClient.GuardOf(Policy, new RecordingSink())).ConnectAsync(Token);
        await transport.SendMessageAsync(Call(1, "once"), Token);
        Assert.Single(_audit.Decisions);
        Assert.Single(_server.Received);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hosts_validator_is_asked_before_a_tool_is_listed_and_after(bool listed)
    {
        await using ITransport transport = await _server.WithToolPolicies(
            GuardedClient.GuardOf(Policy, _audit), resolver: null, static options => options.ArgumentValidators["echo"] = new NothingHolds()).ConnectAsync(Token);
        if (listed)
        {
            await transport.SendMessageAsync(new JsonRpcRequest { Id = new RequestId(9), Method = "tools/list" }, Token);
            _server.Answer(new JsonRpcResponse { Id = new RequestId(9), Result = JsonNode.Parse("""{ "tools": [{ "name": "echo", "inputSchema": { "type": "object" } }] }""") });
            await transport.MessageReader.ReadAsync(Token);
        }

        _server.Received.Clear();
        await transport.SendMessageAsync(Call(1, "echo"), Token);
        Assert.Empty(_server.Received);
        JsonRpcResponse answer = Assert.IsType<JsonRpcResponse>(await transport.MessageReader.ReadAsync(Token));
        Assert.Equal("invalid_arguments", answer.Result!["_meta"]!["policylayer/decision"]!["reason"]!.GetValue<string>());
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task<ITransport> ConnectAsync(IGrantResolver? resolver = null) => _server.WithToolPolicies(GuardedClient.GuardOf(Policy, _audit), resolver).ConnectAsync(Token);

    private static JsonRpcRequest Call(long id, string tool, string arguments = "{}") =>
        new() { Id = new RequestId(id), Method = "tools/call", Params = new JsonObject { ["name"] = tool, ["arguments"] = JsonNode.Parse(arguments) } };

    /// <summary>Loses the connection when a call was allowed, and not earlier.</summary>
    private sealed class LosingSink(Action lose, Func<Task> lost) : IAuditSink
    {
        public async ValueTask WriteAsync(AuditRecord record, CancellationToken cancellationToken)
        {
            if (record.Kind == AuditKind.Decision)
            {
                lose();
                await lost();
            }
        }
    }

    private sealed class Unanswered : IApprovalHandler
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken)
        {
            await using CancellationTokenRegistration told = cancellationToken.Register(Told.SetResult);
            Asked.SetResult();
            await Told.Task;
            return ApprovalAnswer.NoAnswer;
        }
    }

    private sealed class NothingHolds : IArgumentValidator
    {
        public ArgumentProblem? Validate(System.Text.Json.JsonElement arguments) => new("nothing holds");
    }

    /// <summary>Does something while a call is being judged.</summary>
    private sealed class Meddler(Action meddle, Func<Task>? wait = null) : IGrantResolver
    {
        public async ValueTask<Grant?> ResolveAsync(GrantRequest request, CancellationToken cancellationToken)
        {
            meddle();
            await (wait?.Invoke() ?? Task.CompletedTask);
            return Grant.Default;
        }
    }
}
