using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Proxy.Tests.Support;

/// <summary>A proxy on Kestrel in front of a server on Kestrel, and a client that says what the test likes.</summary>
internal sealed class HttpProxyUnderTest : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = DecompressionMethods.None });

    private HttpProxyUnderTest(WebApplication app, UpstreamServer server, RecordingSink audit)
    {
        _app = app;
        Server = server;
        Audit = audit;
    }

    public UpstreamServer Server { get; }

    public RecordingSink Audit { get; }

    public Uri Endpoint => new(Web.AddressOf(_app), "/mcp/up");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<HttpProxyUnderTest> StartAsync(string policy, Action<HttpToolPolicyProxyOptions>? configure = null)
    {
        UpstreamServer server = await UpstreamServer.StartAsync();
        var audit = new RecordingSink();
        WebApplication app = Web.Create(services => services.AddToolPolicies(options => options.AddPolicy(ToolPolicy.Parse(policy))).AddAuditSink(audit));
        app.MapToolPolicyProxy("/mcp/{server}", options =>
        {
            options.Upstreams["up"] = new ToolPolicyUpstream(server.Endpoint);
            configure?.Invoke(options);
        });
        await app.StartAsync(Token);
        return new HttpProxyUnderTest(app, server, audit);
    }

    /// <summary>Sends a message; the response's body is not read yet.</summary>
    public Task<HttpResponseMessage> PostAsync(string body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, new StringContent(body, Encoding.UTF8, "application/json"), headers);

    /// <summary>Sends a message, and answers the status and the body.</summary>
    public async Task<(int Status, string Body)> SayAsync(string body, params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage response = await PostAsync(body, headers);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, Endpoint) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    /// <summary>Opens a session.</summary>
    public async Task InitializeAsync(params (string Name, string Value)[] headers) =>
        Assert.Equal(200, (await SayAsync("""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}""", headers)).Status);

    public Task StopAsync() => _app.StopAsync(Token);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await Server.DisposeAsync();
    }
}
