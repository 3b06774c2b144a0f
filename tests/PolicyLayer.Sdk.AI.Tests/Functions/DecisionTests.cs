using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.AI.Tests.Functions;

public sealed class DecisionTests
{
    private const string Policy = """
        { "version": "1", "default": "deny", "hide": ["secret"], "tools": {
            "echo": { "deny_if": [{ "name": "bad", "conditions": [{ "path": "args.text", "op": "contains", "value": "bad" }] }] },
            "once": { "limits": [{ "counter": "once", "window": "minute", "max": 1, "scope": "grant" }] },
            "pay": { "action": "require_approval" } } }
        """;

    private readonly List<string> _ran = [];

    [Fact]
    public async Task Allowed_call_runs_once_and_gives_what_the_function_returns()
    {
        (ToolGuard guard, RecordingSink audit) = Agent.Guard(Policy);
        Assert.Equal("hello", (await Echo("echo").WithToolPolicy(guard).CallAsync(("text", "hello")))?.ToString());
        Assert.Equal(["hello"], _ran);
        Assert.Equal(["echo allowed"], audit.Decisions);
        Assert.Equal([ToolOutcome.Ok], audit.Outcomes);
    }

    [Theory]
    [InlineData("echo", "bad", "deny_if")]
    [InlineData("pay", "x", "approval_required")]
    [InlineData("other", "x", "default_deny")]
    public async Task Denied_call_is_a_result_with_the_decision_and_does_not_run(string tool, string text, string reason)
    {
        (ToolGuard guard, RecordingSink audit) = Agent.Guard(Policy);
        JsonElement denial = Assert.IsType<JsonElement>(await Echo(tool).WithToolPolicy(guard).CallAsync(("text", text)));
        Assert.Equal(reason, denial.GetProperty("reason").GetString());
        Assert.NotEmpty(denial.GetProperty("message").GetString()!);
        Assert.Empty(_ran);
        Assert.Empty(audit.Outcomes);
    }

    [Fact]
    public async Task Audit_says_the_server_that_the_host_names()
    {
        (ToolGuard guard, RecordingSink audit) = Agent.Guard(Policy);
        await Echo("pay").WithToolPolicy(guard, static options => options.ServerName = "bank").CallAsync(("text", "x"));
        Assert.Equal("bank", audit.Servers.Last());
    }

    [Fact]
    public async Task Spent_limit_tells_when_to_try_again()
    {
        (ToolGuard guard, _) = Agent.Guard(Policy);
        AIFunction once = Echo("once").WithToolPolicy(guard);
        await once.CallAsync(("text", "1"));
        JsonElement denial = Assert.IsType<JsonElement>(await once.CallAsync(("text", "2")));
        Assert.Equal("limit_exceeded", Agent.Reason(denial));
        Assert.True(denial.GetProperty("retry_after_ms").GetInt64() > 0);
        Assert.Equal(["1"], _ran);
    }

    [Fact]
    public async Task Hidden_function_answers_as_one_that_a_chat_client_does_not_have()
    {
        (ToolGuard guard, RecordingSink audit) = Agent.Guard(Policy);
        Assert.Equal("Error: Requested function \"secret\" not found.", await Echo("secret").WithToolPolicy(guard).CallAsync(("text", "x")));
        Assert.Equal(["secret hidden"], audit.Decisions);
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task Call_that_somebody_approves_runs()
    {
        (ToolGuard guard, RecordingSink audit) = Agent.Guard(Policy, static builder => builder.UseApprovalHandler(new Yes()));
        await Echo("pay").WithToolPolicy(guard).CallAsync(("text", "10"));
        Assert.Equal(["10"], _ran);
        Assert.Equal(["pay approved"], audit.Decisions);
    }

    [Fact]
    public async Task Grant_is_the_hosts_and_never_the_arguments()
    {
        (ToolGuard guard, RecordingSink audit) = Agent.Guard(Policy);
        var services = new ServiceCollection();
        services.AddSingleton(GrantResolvers.Fixed(new Grant("of the services")));
        AIFunctionArguments arguments = Agent.Arguments(("text", "x"));
        arguments.Services = services.BuildServiceProvider();

        await Echo("echo").WithToolPolicy(guard, new Grant("alice")).InvokeAsync(arguments, TestContext.Current.CancellationToken);
        await Echo("echo").WithToolPolicy(guard).InvokeAsync(arguments, TestContext.Current.CancellationToken);
        await Echo("echo").WithToolPolicy(guard).CallAsync(("text", "x"), ("grant", "root"));
        Assert.Equal(["alice", "of the services", "default"], audit.Grants);
    }

    [Fact]
    public async Task Caller_whose_grant_cannot_be_found_is_denied()
    {
        (ToolGuard guard, _) = Agent.Guard(Policy);
        AIFunction none = Echo("echo").WithToolPolicy(guard, static options => options.GrantResolver = new Resolver(static () => null));
        AIFunction fails = Echo("echo").WithToolPolicy(guard, static options => options.GrantResolver = new Resolver(static () => throw new InvalidDataException("no")));
        Assert.Equal("no_policy", Agent.Reason(await none.CallAsync(("text", "x"))));
        Assert.Equal("no_policy", Agent.Reason(await fails.CallAsync(("text", "x"))));
        Assert.Empty(_ran);
    }

    private AIFunction Echo(string name) => AIFunctionFactory.Create(
        (string text) =>
        {
            _ran.Add(text);
            return text;
        },
        name);

    private sealed class Yes : IApprovalHandler
    {
        public ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken) => new(ApprovalAnswer.Approved);
    }

    private sealed class Resolver(Func<Grant?> answer) : IGrantResolver
    {
        public ValueTask<Grant?> ResolveAsync(GrantRequest request, CancellationToken cancellationToken) => new(answer());
    }
}
