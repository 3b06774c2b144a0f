using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk.Proxy.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Proxy.Tests.Http.Access;

/// <summary>What a browser asks and must be told before a page may speak to the proxy, and read what it says.</summary>
public sealed class BrowserTests
{
    private const string Policy = """{ "version": "1", "default": "allow" }""";
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";
    private const string Page = "https://app.example";
    private static readonly (string, string) Asked = ("Access-Control-Request-Method", "POST");

    [Theory]
    [InlineData(Page, Page)]
    [InlineData("http://localhost:6274", "http://localhost:6274")]
    [InlineData("null", "null")]
    public async Task Page_of_an_allowed_origin_may_ask_and_read(string origin, string? allowed)
    {
        await using HttpProxyUnderTest proxy = await StartAsync(allowed);
        using HttpResponseMessage may = await proxy.SendAsync(HttpMethod.Options, null, ("Origin", origin), Asked, ("Access-Control-Request-Headers", "authorization, content-type,mcp-protocol-version, Mcp-Session-Id, mcp-param-text, last-event-id, x-other"));
        Assert.Equal((204, origin), ((int)may.StatusCode, HeaderOf(may, "Access-Control-Allow-Origin")));
        Assert.Equal("POST, GET, DELETE", HeaderOf(may, "Access-Control-Allow-Methods"));
        Assert.Equal("authorization, content-type, mcp-protocol-version, mcp-session-id, mcp-param-text, last-event-id", HeaderOf(may, "Access-Control-Allow-Headers").ToLowerInvariant());
        Assert.Equal("Origin", HeaderOf(may, "Vary"));
        Assert.Empty(proxy.Server.Received);

        using HttpResponseMessage answer = await proxy.PostAsync(Ping, ("Origin", origin));
        Assert.Equal((200, origin), ((int)answer.StatusCode, HeaderOf(answer, "Access-Control-Allow-Origin")));
        Assert.Contains("Mcp-Session-Id", HeaderOf(answer, "Access-Control-Expose-Headers"), StringComparison.Ordinal);

        // Cookies and certificates of the browser's are nothing to the proxy.
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("https://evil.example", Page)]
    [InlineData("https://evil.example", null)]
    [InlineData("http://localhost:6274", Page)]
    public async Task Page_of_another_origin_may_nothing(string origin, string? allowed)
    {
        await using HttpProxyUnderTest proxy = await StartAsync(allowed);
        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Options, HttpMethod.Get])
        {
            using HttpResponseMessage refused = await proxy.SendAsync(method, null, ("Origin", origin), Asked);
            Assert.Equal(403, (int)refused.StatusCode);
            Assert.DoesNotContain(refused.Headers, static header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        }

        Assert.Empty(proxy.Server.Received);
    }

    // Its requests pass; but that a page of this machine may read the answers, whoever runs the proxy has to say.
    [Fact]
    public async Task Page_of_this_machine_is_not_let_in_unasked()
    {
        await using HttpProxyUnderTest proxy = await StartAsync(null);
        using HttpResponseMessage may = await proxy.SendAsync(HttpMethod.Options, null, ("Origin", "http://localhost:6274"), Asked);
        using HttpResponseMessage answer = await proxy.PostAsync(Ping, ("Origin", "http://localhost:6274"));
        Assert.Equal((405, 200), ((int)may.StatusCode, (int)answer.StatusCode));
        Assert.DoesNotContain(may.Headers.Concat(answer.Headers), static header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Caller_that_is_refused_can_be_told_in_a_page()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(Policy, static options =>
        {
            options.AllowedOrigins.Add(Page);
            options.GrantsFile = "/nowhere/grants.json";
        });
        using HttpResponseMessage may = await proxy.SendAsync(HttpMethod.Options, null, ("Origin", Page), Asked);
        using HttpResponseMessage refused = await proxy.PostAsync(Ping, ("Origin", Page));
        Assert.Equal((204, 503, Page), ((int)may.StatusCode, (int)refused.StatusCode, HeaderOf(refused, "Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task Client_that_is_no_browser_is_told_nothing_of_origins()
    {
        await using HttpProxyUnderTest proxy = await StartAsync(Page);
        using HttpResponseMessage answer = await proxy.PostAsync(Ping);
        Assert.DoesNotContain(answer.Headers, static header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        using HttpResponseMessage options = await proxy.SendAsync(HttpMethod.Options, null);
        Assert.Equal(405, (int)options.StatusCode);
        Assert.Equal(["POST"], proxy.Server.Received.Select(static one => one.Method));
    }

    [Fact]
    public async Task Host_with_rules_of_its_own_for_pages_is_left_to_them()
    {
        await using UpstreamServer server = await UpstreamServer.StartAsync();
        await using WebApplication app = Web.Create(static services => services.AddCors().AddToolPolicies(static options => options.AddPolicy(ToolPolicy.Parse(Policy))));
        app.UseRouting();
        app.UseCors();
        app.MapToolPolicyProxy("/mcp", options =>
        {
            options.Upstreams[string.Empty] = new ToolPolicyUpstream(server.Endpoint);
            options.AllowedOrigins.UnionWith([Page, "https://other.example"]);
        }).RequireCors(static cors => cors.WithOrigins(Page).WithMethods("POST").WithHeaders("content-type"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach ((string origin, string allowed) in (IEnumerable<(string, string)>)[(Page, Page), ("https://other.example", string.Empty)])
        {
            using var asked = new HttpRequestMessage(HttpMethod.Options, new Uri(Web.AddressOf(app), "/mcp")) { Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "POST" } } };
            using HttpResponseMessage may = await client.SendAsync(asked, TestContext.Current.CancellationToken);
            using var said = new HttpRequestMessage(HttpMethod.Post, asked.RequestUri) { Content = new StringContent(Ping, Encoding.UTF8, "application/json"), Headers = { { "Origin", origin } } };
            using HttpResponseMessage answer = await client.SendAsync(said, TestContext.Current.CancellationToken);
            Assert.Equal((204, 200), ((int)may.StatusCode, (int)answer.StatusCode));
            Assert.Equal((allowed, allowed), (HeaderOf(may, "Access-Control-Allow-Origin"), HeaderOf(answer, "Access-Control-Allow-Origin")));
        }
    }

    // A browser shows no token when it asks, so a host that wants one of everybody must not want it of that.
    [Fact]
    public async Task Page_may_ask_where_the_host_lets_in_nobody_unknown()
    {
        await using UpstreamServer server = await UpstreamServer.StartAsync();
        await using WebApplication app = Web.Create(static services =>
        {
            services.AddToolPolicies(static options => options.AddPolicy(ToolPolicy.Parse(Policy)));
            services.AddAuthentication().AddBearerToken();
            services.AddAuthorization();
        });
        app.UseRouting();
        app.UseAuthorization();
        app.MapToolPolicyProxy("/mcp", options =>
        {
            options.Upstreams[string.Empty] = new ToolPolicyUpstream(server.Endpoint);
            options.AllowedOrigins.Add(Page);
        }).RequireAuthorization();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach ((HttpMethod method, string origin, int status) in (IEnumerable<(HttpMethod, string, int)>)[(HttpMethod.Options, Page, 204), (HttpMethod.Options, "https://evil.example", 403), (HttpMethod.Post, Page, 401), (HttpMethod.Get, Page, 401), (HttpMethod.Delete, Page, 401)])
        {
            using var request = new HttpRequestMessage(method, new Uri(Web.AddressOf(app), "/mcp")) { Headers = { { "Origin", origin }, { Asked.Item1, Asked.Item2 } } };
            using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(status, (int)response.StatusCode);
        }

        Assert.Empty(server.Received);
    }

    private static Task<HttpProxyUnderTest> StartAsync(string? allowed) =>
        HttpProxyUnderTest.StartAsync(Policy, options => options.AllowedOrigins.UnionWith(allowed is null ? [] : [allowed]));

    private static string HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : string.Empty;
}
