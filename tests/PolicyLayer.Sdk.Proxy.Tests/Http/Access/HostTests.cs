using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk.Proxy.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Proxy.Tests.Http.Access;

/// <summary>A page whose name leads to this machine is no client of the proxy, although its browser sends no origin.</summary>
public sealed class HostTests
{
    private const string Policy = """{ "version": "1", "default": "allow" }""";
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("rebound.evil.example", null, 403)]
    [InlineData("rebound.evil.example:8080", null, 403)]
    [InlineData("localhost.evil.example", null, 403)]
    [InlineData("192.168.0.1", null, 403)]
    [InlineData("loopback", null, 403)]
    [InlineData("Loopback:8080", null, 403)]
    [InlineData("localhost:8080", null, 200)]
    [InlineData("LOCALHOST", null, 200)]
    [InlineData("127.0.0.2", null, 200)]
    [InlineData("[::1]:8080", null, 200)]
    [InlineData("mcp.example", "mcp.example", 200)]
    [InlineData("MCP.example:8080", "mcp.example", 200)]
    [InlineData("localhost", "mcp.example", 200)]
    [InlineData("mcp.example.evil.example", "mcp.example", 403)]
    public async Task Host_is_checked(string host, string? allowed, int status)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, options => options.AllowedHosts.UnionWith(allowed is null ? [] : [allowed]));
        Assert.Equal(status, (await proxy.SayAsync(Ping, ("Host", host))).Status);
        using HttpResponseMessage stream = await proxy.SendAsync(HttpMethod.Get, null, ("Host", host));
        Assert.Equal(status == 403, stream.StatusCode == HttpStatusCode.Forbidden);
        Assert.Equal(status == 403 ? 0 : 2, proxy.Server.Received.Count);
    }

    // What a page may write itself makes it nobody else.
    [Theory]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("Authorization", "Bearer x")]
    [InlineData("Origin", "http://localhost")]
    public async Task Page_cannot_say_that_it_means_this_machine(string name, string value)
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy);
        using HttpResponseMessage stream = await proxy.SendAsync(HttpMethod.Get, null, ("Host", "rebound.evil.example"), (name, value));
        Assert.Equal(HttpStatusCode.Forbidden, stream.StatusCode);
        Assert.Empty(proxy.Server.Received);
    }

    [Fact]
    public async Task Caller_whom_the_host_knows_may_use_any_name()
    {
        await using UpstreamServer server = await UpstreamServer.StartAsync();
        await using WebApplication app = Web.Create(static services => services.AddToolPolicies(static options => options.AddPolicy(ToolPolicy.Parse(Policy))));
        app.Use((context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity(context.Request.Headers.Authorization.Count > 0 ? "test" : null));
            return next(context);
        });
        app.UseRouting();
        app.MapToolPolicyProxy("/mcp", options => options.Upstreams[string.Empty] = new ToolPolicyUpstream(server.Endpoint));
        await app.StartAsync(Token);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach ((string? authorization, HttpStatusCode status) in new[] { ((string?)null, HttpStatusCode.Forbidden), ("known", HttpStatusCode.OK) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Web.AddressOf(app), "/mcp")) { Content = new StringContent(Ping, new MediaTypeHeaderValue("application/json")) };
            request.Headers.Host = "mcp.example";
            if (authorization is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            }

            using HttpResponseMessage response = await client.SendAsync(request, Token);
            Assert.Equal(status, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("*")]
    [InlineData("https://mcp.example")]
    [InlineData("fd00::1")]
    [InlineData("mcp.example:8080")]
    [InlineData("mcp.example/")]
    [InlineData("b\u00FCcher.example")]
    [InlineData("")]
    public async Task Text_that_is_no_name_is_refused_when_the_proxy_is_mapped(string host)
    {
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => HttpProxyUnderTest.StartAsync(Policy, options => options.AllowedHosts.Add(host)));
        Assert.StartsWith($"`{host}` is no name of a host", refused.Message, StringComparison.Ordinal);
    }
}
