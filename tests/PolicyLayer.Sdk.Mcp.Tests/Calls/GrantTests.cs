using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;

namespace PolicyLayer.Sdk.Mcp.Tests.Calls;

public sealed class GrantTests
{
    private const string Policy = """
        { "version": "1", "default": "deny",
          "tools": { "echo": { "limits": [{ "counter": "rate", "window": "hour", "max": 1, "scope": "grant" }] } } }
        """;

    private readonly TestTools _tools = new();

    [Fact]
    public async Task Caller_without_a_grant_may_call_and_see_nothing()
    {
        await using TestServer server = await StartAsync(static policies => policies.UseGrantResolver(static _ => null));
        Assert.Equal("no_policy", (await server.Client.CallAsync("echo")).Reason());
        Assert.Empty(await server.Client.ListAsync());
        Assert.Empty(_tools.Ran);
    }

    [Fact]
    public async Task Resolver_that_throws_denies()
    {
        await using TestServer server = await StartAsync(static policies => policies.UseGrantResolver(static _ => throw new TimeoutException("directory down: hunter2")));
        ModelContextProtocol.Protocol.CallToolResult result = await server.Client.CallAsync("echo");
        Assert.Equal("no_policy", result.Reason());
        Assert.DoesNotContain("hunter2", result.Text(), StringComparison.Ordinal);
        Assert.Empty(await server.Client.ListAsync());
        Assert.Empty(_tools.Ran);
    }

    [Fact]
    public async Task Limits_follow_the_user_whom_the_host_authenticated()
    {
        string user = "ann";
        await using TestServer server = await StartAsync(
            static policies => policies.UseGrantResolver(static request => request.User?.FindFirst("team")?.Value is { } team ? new Grant(team) : null),
            builder => builder.WithMessageFilters(filters => filters.AddIncomingFilter(next => (context, token) =>
            {
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user), new Claim("team", user[..1])], "test"));
                return next(context, token);
            })));

        Assert.Equal("allowed", (await server.Client.CallAsync("echo")).Reason());
        Assert.Equal("limit_exceeded", (await server.Client.CallAsync("echo")).Reason());
        user = "bob";
        Assert.Equal("allowed", (await server.Client.CallAsync("echo")).Reason());
        Assert.Equal([("a", "ann"), ("a", "ann"), ("a", "ann"), ("b", "bob"), ("b", "bob")], server.Audit.Entries.Select(static entry => (entry.Grant, entry.User)));
    }

    [Fact]
    public async Task Session_is_recorded_and_decides_nothing()
    {
        await using TestServer server = await StartAsync();
        McpClient other = await server.ConnectAsync(session: "session-1");
        Assert.Equal("allowed", (await server.Client.CallAsync("echo")).Reason());
        Assert.Equal("limit_exceeded", (await other.CallAsync("echo")).Reason());
        Assert.Equal([null, null, "session-1"], server.Audit.Entries.Select(static entry => entry.Session));
        Assert.All(server.Audit.Entries, static entry => Assert.Equal("default", entry.Grant));
    }

    // One that a host registers for each request has what belongs to the request: it must not be made once, and kept.
    [Fact]
    public async Task Resolver_of_the_request_is_asked_anew_for_each()
    {
        await using TestServer server = await StartAsync(static policies => policies.Services.AddScoped<IGrantResolver, CountedResolver>());
        Assert.Equal("allowed", (await server.Client.CallAsync("echo")).Reason());
        Assert.Equal("allowed", (await server.Client.CallAsync("echo")).Reason());
        Assert.Equal(["echo"], await server.Client.ListAsync());
        Assert.Equal(4, server.Audit.Entries.Count);
        Assert.Equal(2, server.Audit.Entries.Select(static entry => entry.Grant).Distinct().Count());
    }

    [Fact]
    public async Task Log_that_throws_lets_nobody_in_and_the_denial_is_one()
    {
        await using TestServer server = await StartAsync(static policies =>
        {
            policies.UseGrantResolver(static _ => throw new TimeoutException());
            policies.Services.AddSingleton<ILogger<ToolGuard>, FailingLogger>();
        });
        Assert.Equal("no_policy", (await server.Client.CallAsync("echo")).Reason());
        Assert.Empty(await server.Client.ListAsync());
        Assert.Empty(_tools.Ran);
    }

    private Task<TestServer> StartAsync(Action<ToolPolicyBuilder>? policies = null, Action<IMcpServerBuilder>? more = null) => TestServer.StartAsync(
        Policy,
        server =>
        {
            server.WithTools(_tools.All("echo")).WithToolPolicies();
            more?.Invoke(server);
        },
        policies);

    private sealed class CountedResolver : IGrantResolver
    {
        private static int Made;
        private readonly int _number = Interlocked.Increment(ref Made);

        public ValueTask<Grant?> ResolveAsync(GrantRequest request, CancellationToken cancellationToken) => new(new Grant($"request-{_number}"));
    }
}
