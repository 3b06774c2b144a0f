using Microsoft.AspNetCore.Builder;
using PolicyLayer.Sdk;
using PolicyLayer.Testing;

namespace PolicyLayer.EndToEnd.Tests.Ways.Adapters;

/// <summary>The proxy over HTTP, on Kestrel.</summary>
internal sealed class HttpProxyWay : IWay
{
    private readonly Trail _trail;
    private readonly WebApplication _app;
    private HttpClientSide? _client;

    private HttpProxyWay(Trail trail, WebApplication app)
    {
        _trail = trail;
        _app = app;
    }

    public static async Task<IWay> OpenAsync(WayCase of, Upstream upstream)
    {
        var trail = new Trail();
        WebApplication app = Web.Create(services => Guards.Add(services, of, trail));
        app.MapToolPolicyProxy("/mcp/{server}", options => options.Upstreams["up"] = new ToolPolicyUpstream(upstream.Serve(of, trail)));
        var way = new HttpProxyWay(trail, app);
        await app.StartAsync();
        way._client = new HttpClientSide(new Uri(Web.AddressOf(app), "/mcp/up"));
        await way._client.ListAsync();
        return way;
    }

    public async Task<Answer?> CallAsync(WayCall call)
    {
        string told = await _client!.CallAsync(call);
        return _trail.Take(told);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _app.DisposeAsync();
    }
}
