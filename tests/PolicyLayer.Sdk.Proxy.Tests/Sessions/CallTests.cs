using System.Text.Json;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Sessions;

/// <summary>Calls: denied, allowed, and settled by what the server answers.</summary>
public sealed class CallTests
{
    private const string Policy = """
        { "version": "1", "default": "allow", "hide": ["secret"], "tools": {
            "pay": { "deny_if": [{ "name": "much", "conditions": [{ "path": "args.amount", "op": "gt", "value": 5 }] }] },
            "ask": { "action": "require_approval" } } }
        """;

    private const string Pay = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay","arguments":{"amount":1}}}""";

    [Fact]
    public async Task Denied_call_is_answered_as_a_guarded_server_does()
    {
        var session = new SessionUnderTest(Policy);
        await session.ClientSaysAsync("""{"jsonrpc":"2.0","id":"q","method":"tools/call","params":{"name":"pay","arguments":{"amount":9}}}""");
        JsonElement answer = JsonElement.Parse(Assert.Single(session.ToClient));
        Assert.Equal("q", answer.GetProperty("id").GetString());
        JsonElement result = answer.GetProperty("result");
        JsonElement decision = result.GetProperty("_meta").GetProperty("policylayer/decision");
        Assert.True(result.GetProperty("isError").GetBoolean());
        Assert.Equal(("deny", "deny_if"), (decision.GetProperty("decision").GetString(), decision.GetProperty("reason").GetString()));
        Assert.Equal(decision.GetProperty("message").GetString(), result.GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Empty(session.ToServer);
    }

    [Theory]
    [InlineData("secret", """{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Tool NAME not found: NAME"}}""")]
    [InlineData("secr\\u0065t", """{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"Unknown tool: NAME"}],"isError":true}}""")]
    public async Task Hidden_tool_answers_as_the_server_does_for_one_that_it_does_not_have(string written, string answer)
    {
        var session = new SessionUnderTest(Policy);
        await session.ClientSaysAsync("""{"params":{"_meta":{"name":1},"arguments":{"key":"private"},"name":"NAME"}, "jsonrpc":"2.0","id":1,"method":"tools/call"}""".Replace("NAME", written, StringComparison.Ordinal));
        string asked = Assert.Single(session.ToServer);
        string name = JsonElement.Parse(asked).GetProperty("params").GetProperty("name").GetString()!;
        Assert.Equal("""{"params":{"_meta":{"name":1},"arguments":{},"name":"NAME"}, "jsonrpc":"2.0","id":1,"method":"tools/call"}""".Replace("NAME", name, StringComparison.Ordinal) + "\n", asked);
        Assert.StartsWith("tool_", name, StringComparison.Ordinal);
        await session.ServerSaysAsync(answer.Replace("NAME", name, StringComparison.Ordinal));
        Assert.Equal(answer.Replace("NAME", "secret", StringComparison.Ordinal) + "\n", Assert.Single(session.ToClient));
        Assert.Equal(["secret hidden"], session.Audit.Decisions);
        Assert.Empty(session.Audit.Outcomes);
    }

    [Theory]
    [InlineData("l\u00F6sch+<a>&'\uD83D\uDE00")]
    [InlineData("\\\"\\\\\\u0001")]
    public async Task Hidden_tool_with_an_odd_name_is_written_as_servers_write_it(string written)
    {
        var session = new SessionUnderTest("""{ "version": "1", "default": "allow", "hide": ["*"] }""");
        await session.ClientSaysAsync($$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{written}}}"}}""");
        string name = JsonElement.Parse(Assert.Single(session.ToServer)).GetProperty("params").GetProperty("name").GetString()!;
        const string Answer = """{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Unknown tool: NAME"}}""";
        await session.ServerSaysAsync(Answer.Replace("NAME", name, StringComparison.Ordinal));
        Assert.Equal(Answer.Replace("NAME", written, StringComparison.Ordinal) + "\n", Assert.Single(session.ToClient));
    }

    [Fact]
    public async Task Hidden_tool_is_refused_as_one_that_the_server_does_not_know_where_a_limit_is_spent()
    {
        var session = new SessionUnderTest("""{ "version": "1", "default": "allow", "hide": ["secret"], "all_tools": { "limits": [{ "counter": "c", "window": "day", "max": 1 }] } }""");
        await session.ClientSaysAsync(Pay);
        await session.ClientSaysAsync(Pay.Replace("\"id\":1", "\"id\":2", StringComparison.Ordinal).Replace("pay", "secret", StringComparison.Ordinal));
        await session.ClientSaysAsync(Pay.Replace("\"id\":1", "\"id\":2", StringComparison.Ordinal).Replace("pay", "nowhere", StringComparison.Ordinal));
        Assert.Equal([Pay], session.ToServer.Select(static line => line.TrimEnd('\n')));
        Assert.Contains("limit_exceeded", session.ToClient[0], StringComparison.Ordinal);
        Assert.Equal(Timeless(session.ToClient[1]).Replace("nowhere", "secret", StringComparison.Ordinal), Timeless(session.ToClient[0]));

        // The later call has to wait for less.
        static string Timeless(string answer) => string.Concat(answer.Where(static c => !char.IsAsciiDigit(c)));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"content":[]}}""", ToolOutcome.Ok)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"isError":false}}""", ToolOutcome.Ok)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"resultType":"task","taskId":"t","status":"working"}}""", ToolOutcome.Ok)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"task":{"taskId":"t","status":"working"}}}""", ToolOutcome.Ok)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"isError":true}}""", ToolOutcome.Error)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"isError":false,"isError":true}}""", ToolOutcome.Error)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"isError":false,"i\u0073Error":false}}""", ToolOutcome.Error)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":7}""", ToolOutcome.Error)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"no"}}""", ToolOutcome.Error)]
    public async Task Answer_settles_the_call_and_passes(string answer, ToolOutcome outcome)
    {
        var session = new SessionUnderTest(Policy);
        await session.ClientSaysAsync(Pay);
        await session.ServerSaysAsync(answer);
        Assert.Equal([outcome], session.Audit.Outcomes);
        Assert.Equal([answer + "\n"], session.ToClient);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":"1","result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":2,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1.0,"result":{}}""")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"result":{}}]""")]
    [InlineData("""log: started""")]
    public async Task Answer_that_nobody_waits_for_does_not_pass(string answer)
    {
        var session = new SessionUnderTest(Policy);
        await session.ClientSaysAsync(Pay);
        await session.ServerSaysAsync(answer);
        Assert.Empty(session.ToClient);
        Assert.Empty(session.Audit.Outcomes);
        Assert.Single(session.Logged);
    }

    [Fact]
    public async Task Second_answer_and_one_to_a_denied_call_do_not_pass()
    {
        var session = new SessionUnderTest(Policy);
        await session.ServerSaysAsync("""{"jsonrpc":"2.0","id":1,"result":{}}""");
        await session.ClientSaysAsync(Pay);
        await session.ServerSaysAsync("""{"jsonrpc":"2.0","id":1,"result":{}}""", """{"jsonrpc":"2.0","id":1,"result":{"twice":1}}""");
        await session.ClientSaysAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"pay","arguments":{"amount":9}}}""");
        await session.ServerSaysAsync("""{"jsonrpc":"2.0","id":2,"result":{}}""");
        Assert.Equal(2, session.ToClient.Count);
        Assert.Contains("policylayer/decision", session.ToClient[1], StringComparison.Ordinal);
        Assert.Equal([ToolOutcome.Ok], session.Audit.Outcomes);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{},"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"x":""")]
    public async Task Answer_that_cannot_be_read_becomes_an_error(string answer)
    {
        var session = new SessionUnderTest(Policy);
        await session.ClientSaysAsync(Pay);
        await session.ServerSaysAsync(answer);
        Assert.Contains("\"error\":{\"code\":-32603", Assert.Single(session.ToClient), StringComparison.Ordinal);
        Assert.Equal([ToolOutcome.Error], session.Audit.Outcomes);
    }

    [Fact]
    public async Task Answer_that_is_too_long_becomes_an_error()
    {
        var session = new SessionUnderTest(Policy);
        await session.ClientSaysAsync(Pay);
        await session.ServerSaysTooMuchAsync("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"aaaaaa""");
        Assert.Contains("longer than this proxy passes on", Assert.Single(session.ToClient), StringComparison.Ordinal);
        Assert.Equal([ToolOutcome.Error], session.Audit.Outcomes);
    }

    [Fact]
    public async Task Cancelled_call_is_settled_and_its_late_answer_is_nobodys()
    {
        var session = new SessionUnderTest(Policy);
        const string Cancel = """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""";
        await session.ClientSaysAsync(Pay, """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"1"}}""");
        Assert.Empty(session.Audit.Outcomes);
        await session.ClientSaysAsync(Cancel);
        Assert.Equal([ToolOutcome.Cancelled], session.Audit.Outcomes);
        Assert.Equal(Cancel + "\n", session.ToServer[2]);
        await session.ServerSaysAsync("""{"jsonrpc":"2.0","id":1,"result":{}}""");
        Assert.Empty(session.ToClient);
    }

    [Fact]
    public async Task End_of_the_server_settles_what_was_sent_as_an_error_and_tells_the_client()
    {
        var session = new SessionUnderTest(Policy);
        await session.ClientSaysAsync(Pay, """{"jsonrpc":"2.0","id":2,"method":"ping"}""");
        await session.CloseAsync();
        Assert.Equal([ToolOutcome.Error], session.Audit.Outcomes);
        Assert.Equal(2, session.ToClient.Count(static line => line.Contains("the server ended before it answered", StringComparison.Ordinal)));
        await session.ClientSaysAsync("""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"pay","arguments":{"amount":1}}}""");
        Assert.Equal(2, session.ToServer.Count);
        Assert.Single(session.Audit.Decisions);
    }

    [Fact]
    public async Task Call_that_became_a_task_is_settled_once_whatever_its_result()
    {
        var session = new SessionUnderTest(Policy);
        const string Result = """{"jsonrpc":"2.0","id":2,"result":{"isError":true,"content":[]}}""";
        await session.ClientSaysAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay","arguments":{"amount":1},"task":{"ttl":1000}}}""");
        await session.ServerSaysAsync("""{"jsonrpc":"2.0","id":1,"result":{"task":{"taskId":"t","status":"working"}}}""");
        Assert.Equal([ToolOutcome.Ok], session.Audit.Outcomes);
        await session.ClientSaysAsync("""{"jsonrpc":"2.0","id":2,"method":"tasks/result","params":{"taskId":"t"}}""");
        await session.ServerSaysAsync(Result);
        Assert.Equal(Result + "\n", session.ToClient[1]);
        Assert.Equal([ToolOutcome.Ok], session.Audit.Outcomes);
    }

    [Fact]
    public async Task Call_that_waits_for_a_person_holds_up_nothing_and_no_answer_to_it_passes()
    {
        var person = new Person();
        var session = new SessionUnderTest(Policy, person);
        await session.ClientSaysAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask"}}""", """{"jsonrpc":"2.0","id":2,"method":"ping"}""");
        await session.ServerSaysAsync("""{"jsonrpc":"2.0","id":1,"result":{"forged":true}}""");
        Assert.Single(session.ToServer);
        Assert.Empty(session.ToClient);
        person.Answer.SetResult(ApprovalAnswer.Approved);
        await session.Judging;
        Assert.Equal("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask"}}""" + "\n", session.ToServer[1]);
        await session.ServerSaysAsync("""{"jsonrpc":"2.0","id":1,"result":{}}""");
        Assert.Equal([ToolOutcome.Ok], session.Audit.Outcomes);
    }

    [Fact]
    public async Task Call_that_is_given_up_while_it_is_judged_never_reaches_the_server()
    {
        var person = new Person();
        var session = new SessionUnderTest(Policy, person);
        await session.ClientSaysAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask"}}""", """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""");
        await session.Judging;
        person.Answer.TrySetResult(ApprovalAnswer.Approved);
        Assert.Empty(session.ToServer);
        Assert.Empty(session.ToClient);
        Assert.DoesNotContain(ToolOutcome.Ok, session.Audit.Outcomes);
    }

    [Fact]
    public async Task Call_that_nobody_answers_for_is_refused()
    {
        var session = new SessionUnderTest(Policy);
        await session.ClientSaysAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask"}}""");
        await session.Judging;
        Assert.Contains("approval_required", Assert.Single(session.ToClient), StringComparison.Ordinal);
        Assert.Empty(session.ToServer);
    }

    /// <summary>Answers when the test does.</summary>
    private sealed class Person : IApprovalHandler
    {
        public TaskCompletionSource<ApprovalAnswer> Answer { get; } = new();

        public async ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken) => await Answer.Task.WaitAsync(cancellationToken);
    }
}
