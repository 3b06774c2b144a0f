using System.Text.Json;
using Microsoft.Extensions.AI;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.AI.Tests.Lists;

public sealed class ToolListTests
{
    private const string Policy = """
        { "version": "1", "default": "deny", "hide": ["delete_*", "web_search"], "tools": {
            "echo": { "limits": [{ "counter": "echoes", "window": "minute", "max": 2, "scope": "grant" }] } } }
        """;

    private int _ran;

    [Fact]
    public void Hidden_tools_leave_the_list_and_what_is_no_function_passes()
    {
        (ToolGuard guard, _) = Agent.Guard(Policy);
        AITool declared = AIFunctionFactory.CreateDeclaration("declared", null, JsonElement.Parse("{}"));
        AITool[] tools = [Echo("echo"), Echo("delete_agent"), new HostedCodeInterpreterTool(), declared, new HostedWebSearchTool()];
        IList<AITool> guarded = tools.WithToolPolicies(guard);
        Assert.Equal(["echo", tools[2].Name, "declared"], guarded.Select(static tool => tool.Name));
        Assert.NotSame(tools[0], guarded[0]);
        Assert.Same(tools[2], guarded[1]);
        Assert.Same(declared, guarded[2]);
        Assert.Equal(5, tools.Length);
    }

    [Fact]
    public void Guarded_function_shows_what_the_function_shows()
    {
        AIFunction echo = Echo("echo");
        AIFunction guarded = echo.WithToolPolicy(Agent.Guard(Policy).Guard);
        Assert.Equal(echo.Name, guarded.Name);
        Assert.Equal(echo.Description, guarded.Description);
        Assert.Equal(echo.JsonSchema.GetRawText(), guarded.JsonSchema.GetRawText());
        Assert.NotNull(new ApprovalRequiredAIFunction(echo).WithToolPolicy(Agent.Guard(Policy).Guard).GetService<ApprovalRequiredAIFunction>());
    }

    [Fact]
    public async Task List_that_is_guarded_twice_judges_and_counts_once()
    {
        (ToolGuard guard, RecordingSink audit) = Agent.Guard(Policy);
        IList<AITool> once = new AITool[] { Echo("echo") }.WithToolPolicies(guard, Grant.Default);
        IList<AITool> twice = once.Select(static tool => (AITool)new Logging((AIFunction)tool)).WithToolPolicies(guard, Grant.Default);
        Assert.Same(once[0], once.WithToolPolicies(guard, Grant.Default)[0]);
        await twice[0].CallAsync();
        await twice[0].CallAsync();
        Assert.Equal(2, _ran);
        Assert.Equal(2, audit.Decisions.Count());
    }

    [Fact]
    public async Task Two_guards_both_judge()
    {
        (ToolGuard first, RecordingSink firstAudit) = Agent.Guard(Policy);
        (ToolGuard second, RecordingSink secondAudit) = Agent.Guard(Policy);
        AIFunction echo = Echo("echo").WithToolPolicy(first).WithToolPolicy(second);
        Assert.Same(echo, echo.WithToolPolicy(first));
        await echo.CallAsync();
        Assert.Single(firstAudit.Decisions);
        Assert.Single(secondAudit.Decisions);
    }

    // Silence would judge one user's calls as another's.
    [Fact]
    public void Function_that_is_guarded_for_another_grant_is_refused()
    {
        (ToolGuard guard, _) = Agent.Guard(Policy);
        AIFunction alices = Echo("echo").WithToolPolicy(guard, new Grant("alice"));
        Assert.Contains("`echo`", Assert.Throws<InvalidOperationException>(() => alices.WithToolPolicy(guard, new Grant("bob"))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new AITool[] { alices }.WithToolPolicies(guard));
    }

    [Fact]
    public async Task Invoker_judges_every_function_once_whether_guarded_or_not()
    {
        (ToolGuard guard, RecordingSink audit) = Agent.Guard(Policy);
        var invoker = new ToolPolicyFunctionInvoker(guard);
        AIFunction echo = Echo("echo");
        Func<Invocation, CancellationToken, ValueTask<object?>> hook = (context, cancellationToken) => invoker.InvokeAsync(context.Function, context.Arguments, cancellationToken);

        await hook(new Invocation(echo, []), TestContext.Current.CancellationToken);
        await hook(new Invocation(echo.WithToolPolicy(guard), []), TestContext.Current.CancellationToken);
        Assert.Equal("limit_exceeded", Agent.Reason(await hook(new Invocation(echo, []), TestContext.Current.CancellationToken)));
        Assert.Equal("Error: Requested function \"delete_agent\" not found.", await hook(new Invocation(Echo("delete_agent"), []), TestContext.Current.CancellationToken));
        Assert.Equal(2, _ran);
        Assert.Equal(["echo allowed", "echo allowed", "echo limit_exceeded", "delete_agent hidden"], audit.Decisions);
    }

    private AIFunction Echo(string name) => AIFunctionFactory.Create(() => ++_ran, name, "Counts.");

    /// <summary>The shape of the context that a function-invoking chat client hands to its hook.</summary>
    private sealed record Invocation(AIFunction Function, AIFunctionArguments Arguments);

    private sealed class Logging(AIFunction inner) : DelegatingAIFunction(inner);
}
