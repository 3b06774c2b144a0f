using System.Security.Claims;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Tests.Calls;

/// <summary>What conditions can ask for besides the arguments: the tool's annotations, the user's claims, a person's approval.</summary>
public sealed class SurroundingsTests
{
    [Fact]
    public async Task Conditions_see_what_the_tool_says_of_itself()
    {
        await using TestServer server = await StartAsync(
            """all_tools:{ "require": [{ "conditions": [{ "path": "tool.annotations.readOnlyHint", "op": "eq", "value": true }] }] }""",
            null,
            Annotated("read", readOnly: true),
            Annotated("write", readOnly: false),
            new TestTools().Named("silent"));
        Assert.Equal("allowed", (await server.Client.CallAsync("read")).Reason());
        Assert.Equal("require_failed", (await server.Client.CallAsync("write")).Reason());
        Assert.Equal("require_failed", (await server.Client.CallAsync("silent")).Reason());
    }

    [Fact]
    public async Task Conditions_see_the_claims_of_the_user_whom_the_host_authenticated()
    {
        string[] roles = ["reader"];
        await using TestServer server = await TestServer.StartAsync(
            """
            { "version": "1", "default": "deny", "tools": {
                "one": { "require": [{ "conditions": [{ "path": "user.claims.http://example.org/role", "op": "eq", "value": "reader" }] }] },
                "many": { "require": [{ "conditions": [{ "path": "user.claims.http://example.org/role", "op": "contains", "value": "admin" }] }] } } }
            """,
            builder => builder.WithTools(new TestTools().All("one", "many")).WithToolPolicies().WithMessageFilters(filters => filters.AddIncomingFilter(next => (context, token) =>
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity(roles.Select(static role => new Claim("http://example.org/role", role)), "test"));
                return next(context, token);
            })));
        Assert.Equal("allowed", (await server.Client.CallAsync("one")).Reason());
        Assert.Equal("require_failed", (await server.Client.CallAsync("many")).Reason());
        roles = ["reader", "admin"];
        Assert.Equal("unknown_condition", (await server.Client.CallAsync("one")).Reason());
        Assert.Equal("allowed", (await server.Client.CallAsync("many")).Reason());
        roles = [];
        Assert.Equal("require_failed", (await server.Client.CallAsync("one")).Reason());
    }

    [Theory]
    [InlineData(null, "files")]
    [InlineData("other", "other")]
    public async Task Server_goes_by_its_own_name_or_by_what_the_host_says(string? name, string expected)
    {
        await using TestServer server = await TestServer.StartAsync(
            """{ "version": "1", "default": "allow" }""",
            builder => builder.WithTools(new TestTools().All("t")).WithToolPolicies(options => options.ServerName = name).Services.Configure<McpServerOptions>(static options => options.ServerInfo = new() { Name = "files", Version = "1" }));
        await server.Client.CallAsync("t");
        Assert.All(server.Audit.Entries, entry => Assert.Equal(expected, entry.Server));
    }

    [Fact]
    public async Task Server_without_a_name_is_judged_by_the_one_that_its_clients_see()
    {
        await using TestServer server = await TestServer.StartAsync("""{ "version": "1", "default": "allow" }""", static builder => builder.WithTools(new TestTools().All("t")).WithToolPolicies());
        await server.Client.CallAsync("t");
        Assert.Equal([server.Client.ServerInfo?.Name], server.Audit.Entries.Select(static entry => entry.Server).Distinct());
    }

    // Anybody may say of himself what nobody has verified.
    [Fact]
    public async Task Claims_of_an_identity_that_nobody_authenticated_are_nobodys()
    {
        await using TestServer server = await TestServer.StartAsync(
            """{ "version": "1", "default": "deny", "tools": { "t": { "require": [{ "conditions": [{ "path": "user.claims.role", "op": "contains", "value": "admin" }] }] } } }""",
            builder => builder.WithTools(new TestTools().All("t")).WithToolPolicies().WithMessageFilters(static filters => filters.AddIncomingFilter(static next => (context, token) =>
            {
                context.User = new ClaimsPrincipal([
                    new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "root"), new Claim("role", "admin")]),
                    new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "ann"), new Claim("role", "reader")], "test"),
                ]);
                return next(context, token);
            })));
        Assert.Equal("require_failed", (await server.Client.CallAsync("t")).Reason());
        Assert.Equal("ann", Assert.Single(server.Audit.Entries).User);
    }

    // Of a text `contains` finds any part, so that one who is `not-admin`, and nothing else, was an admin.
    [Theory]
    [InlineData("role", true)]
    [InlineData("roles", true)]
    [InlineData("groups", true)]
    [InlineData(ClaimTypes.Role, true)]
    [InlineData("position", true)]
    [InlineData("scope", false)]
    public async Task Roles_and_groups_are_lists_though_there_be_one(string type, bool isList)
    {
        string policy = $$"""
            { "version": "1", "default": "deny", "tools": {
                "t": { "require": [{ "conditions": [{ "path": "user.claims.{{type}}", "op": "contains", "value": "admin" }] }] } } }
            """;
        string role = string.Empty;
        await using TestServer server = await TestServer.StartAsync(
            policy,
            builder => builder.WithTools(new TestTools().All("t")).WithToolPolicies().WithMessageFilters(filters => filters.AddIncomingFilter(next => (context, token) =>
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(type, role)], "test", nameType: null, roleType: "position"));
                return next(context, token);
            })));
        role = "not-admin";
        Assert.Equal(isList ? "require_failed" : "allowed", (await server.Client.CallAsync("t")).Reason());
        role = "admin";
        Assert.Equal("allowed", (await server.Client.CallAsync("t")).Reason());

        // The review cannot know what a host calls its roles, and knows the others.
        bool isWarned = PolicyReview.Of(new PolicyText(Encoding.UTF8.GetBytes(policy), "policy.json")).Diagnostics.Any(static diagnostic => diagnostic.Code == "PL2011");
        Assert.Equal(type is "position" or "scope", isWarned);
    }

    [Theory]
    [InlineData(ApprovalAnswer.Approved, "allowed")]
    [InlineData(ApprovalAnswer.Denied, "approval_denied")]
    [InlineData(ApprovalAnswer.NoAnswer, "approval_required")]
    public async Task Call_that_needs_approval_runs_only_when_somebody_approves(ApprovalAnswer answer, string reason)
    {
        var tools = new TestTools();
        await using TestServer server = await StartAsync("""{ "pay": { "action": "require_approval" } }""", policies => policies.UseApprovalHandler(new FixedAnswer(answer)), tools.Named("pay"));
        Assert.Equal(reason, (await server.Client.CallAsync("pay")).Reason());
        Assert.Equal(reason == "allowed" ? 1 : 0, tools.Ran.Count);
    }

    [Fact]
    public async Task Call_that_needs_approval_does_not_run_where_nobody_is_asked()
    {
        var tools = new TestTools();
        await using TestServer server = await StartAsync("""{ "pay": { "action": "require_approval", "reason": "Payments need a person." } }""", null, tools.Named("pay"));
        ModelContextProtocol.Protocol.CallToolResult result = await server.Client.CallAsync("pay");
        Assert.Equal(("approval_required", "approval_required"), (result.Reason(), result.Decision()["decision"]!.GetValue<string>()));
        Assert.Equal("Payments need a person.", result.Text());
        Assert.Empty(tools.Ran);
    }

    private static McpServerTool Annotated(string name, bool readOnly) => McpServerTool.Create(() => name, new McpServerToolCreateOptions { Name = name, ReadOnly = readOnly });

    private static Task<TestServer> StartAsync(string tools, Action<ToolPolicyBuilder>? policies, params McpServerTool[] offered)
    {
        string members = tools.StartsWith("all_tools:", StringComparison.Ordinal) ? $"\"default\": \"allow\", \"all_tools\": {tools["all_tools:".Length..]}" : $"\"default\": \"deny\", \"tools\": {tools}";
        return TestServer.StartAsync($"{{ \"version\": \"1\", {members} }}", server => server.WithTools(offered).WithToolPolicies(), policies);
    }

    private sealed class FixedAnswer(ApprovalAnswer answer) : IApprovalHandler
    {
        public ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken) => new(answer);
    }
}
