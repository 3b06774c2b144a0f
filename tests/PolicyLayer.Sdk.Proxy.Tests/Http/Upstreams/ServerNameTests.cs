using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk.Proxy.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Proxy.Tests.Http.Upstreams;

/// <summary>A proxy in front of several servers whose tools have one name.</summary>
public sealed class ServerNameTests
{
    private const string Policy = """{ "version": "1", "default": "deny", "tools": { "echo": { "action": "require_approval" } } }""";
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"a"}}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Approval_for_one_server_lets_nothing_run_on_another()
    {
        await using UpstreamServer test = await UpstreamServer.StartAsync();
        await using UpstreamServer live = await UpstreamServer.StartAsync();
        var audit = new RecordingSink();
        await using WebApplication app = await StartAsync("/mcp/{server}", audit, options =>
        {
            options.Upstreams["test"] = new ToolPolicyUpstream(test.Endpoint);
            options.Upstreams["live"] = new ToolPolicyUpstream(live.Endpoint);
        });
        using HttpClient client = ClientOf(app);
        JsonElement asked = Decision(await SayAsync(client, "/mcp/test"));
        var store = app.Services.GetRequiredService<IApprovalStore>();
        Assert.Equal("test", (await store.AnswerAsync(asked.GetProperty("approval_id").GetString()!, true, null, Token))!.Server);

        Assert.Equal("approval_required", Decision(await SayAsync(client, "/mcp/live")).GetProperty("reason").GetString());
        Assert.Empty(live.Bodies);
        Assert.DoesNotContain("policylayer/decision", await SayAsync(client, "/mcp/test"), StringComparison.Ordinal);
        Assert.Single(test.Bodies);
        Assert.Equal(["test", "live", "test"], audit.Servers);
    }

    [Theory]
    [InlineData("files", "^files$")]
    [InlineData(null, "^127[.]0[.]0[.]1:[0-9]+#[0-9a-f]{8}$")]
    public async Task Only_server_goes_by_the_name_that_the_host_gives_it_or_by_its_address(string? name, string expected)
    {
        await using UpstreamServer server = await UpstreamServer.StartAsync();
        var audit = new RecordingSink();
        await using WebApplication app = await StartAsync("/mcp", audit, options =>
        {
            options.Upstreams[string.Empty] = new ToolPolicyUpstream(new Uri(server.Endpoint, "?key=hunter2"));
            options.Guarding.ServerName = name;
        });
        using HttpClient client = ClientOf(app);
        await SayAsync(client, "/mcp");
        Assert.Matches(expected, Assert.Single(audit.Servers));
    }

    private static async Task<WebApplication> StartAsync(string pattern, RecordingSink audit, Action<HttpToolPolicyProxyOptions> configure)
    {
        WebApplication app = Web.Create(services => services.AddToolPolicies(static options => options.AddPolicy(ToolPolicy.Parse(Policy))).UseApprovalsInMemory().AddAuditSink(audit));
        app.MapToolPolicyProxy(pattern, configure);
        await app.StartAsync(Token);
        return app;
    }

    private static HttpClient ClientOf(WebApplication app) =>
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Web.AddressOf(app) };

    private static async Task<string> SayAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(Call, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        using HttpResponseMessage response = await client.SendAsync(request, Token);
        return await response.Content.ReadAsStringAsync(Token);
    }

    private static JsonElement Decision(string answer) => JsonElement.Parse(answer).GetProperty("result").GetProperty("_meta").GetProperty("policylayer/decision");
}
