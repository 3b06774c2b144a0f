using System.Net;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk.Proxy.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Proxy.Tests.Http.Access;

/// <summary>A host that knows its users: policies ask for them as they do in front of a server of the host's own.</summary>
public sealed class UserTests
{
    private const string Policy = """
        { "version": "1", "default": "allow", "tools": { "echo": {
            "deny_if": [{ "name": "guests", "conditions": [{ "path": "user.claims.role", "op": "contains", "value": "guest" }] },
                        { "name": "eve", "conditions": [{ "path": "user.id", "op": "eq", "value": "eve" }] }],
            "limits": [{ "counter": "calls", "window": "hour", "max": 1, "scope": "user" }] } } }
        """;

    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"a"}}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task User_of_the_host_is_judged_and_counted()
    {
        await using UpstreamServer server = await UpstreamServer.StartAsync();
        var audit = new RecordingSink();
        await using WebApplication app = Web.Create(services => services.AddToolPolicies(static options => options.AddPolicy(ToolPolicy.Parse(Policy))).AddAuditSink(audit));
        app.Use(static (context, next) =>
        {
            // As authentication would.
            context.User = new ClaimsPrincipal(new ClaimsIdentity(context.Request.Headers["X-Claims"].SelectMany(static all => all!.Split(", ")).Select(static one => one.Split('=')).Select(static one => new Claim(one[0], one[1])), "test"));
            return next(context);
        });
        app.MapToolPolicyProxy("/mcp", options => options.Upstreams[string.Empty] = new ToolPolicyUpstream(server.Endpoint));
        await app.StartAsync(Token);

        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Web.AddressOf(app) };
        await SayAsync(client, "role=guest");
        await SayAsync(client, "role=member", "role=guest");
        await SayAsync(client, ClaimTypes.NameIdentifier + "=eve");
        await SayAsync(client, "sub=eve");
        await SayAsync(client, ClaimTypes.NameIdentifier + "=ann", "role=member");
        await SayAsync(client, ClaimTypes.NameIdentifier + "=ann", "role=member");
        await SayAsync(client, ClaimTypes.NameIdentifier + "=bob");
        await SayAsync(client, "sub=bob");
        await SayAsync(client, ClaimTypes.NameIdentifier + "=eva", "sub=eve");
        Assert.Equal(["echo deny_if", "echo deny_if", "echo deny_if", "echo deny_if", "echo allowed", "echo limit_exceeded", "echo allowed", "echo limit_exceeded", "echo allowed"], audit.Decisions);
        Assert.Equal(3, server.Bodies.Count());
    }

    // One that a host registers for each request has what belongs to the request: it must not be made once, and kept.
    [Fact]
    public async Task Resolver_of_the_request_is_asked_anew_for_each()
    {
        await using UpstreamServer server = await UpstreamServer.StartAsync();
        var audit = new RecordingSink();
        await using WebApplication app = Web.Create(services =>
        {
            services.AddToolPolicies(static options => options.AddPolicy(ToolPolicy.Parse(Policy.Replace("\"user\"", "\"grant\"", StringComparison.Ordinal)))).AddAuditSink(audit);
            services.AddScoped<IGrantResolver, CountedResolver>();
        });
        app.MapToolPolicyProxy("/mcp", options => options.Upstreams[string.Empty] = new ToolPolicyUpstream(server.Endpoint));
        await app.StartAsync(Token);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Web.AddressOf(app) };
        await SayAsync(client);
        await SayAsync(client);
        Assert.Equal(["echo allowed", "echo allowed"], audit.Decisions);
    }

    private static async Task SayAsync(HttpClient client, params string[] claims)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(Call, Encoding.UTF8, "application/json") };
        Array.ForEach(claims, claim => request.Headers.Add("X-Claims", claim));
        using HttpResponseMessage response = await client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private sealed class CountedResolver : IGrantResolver
    {
        private static int Made;
        private readonly int _number = Interlocked.Increment(ref Made);

        public ValueTask<Grant?> ResolveAsync(GrantRequest request, CancellationToken cancellationToken) => new(new Grant($"request-{_number}"));
    }
}
