using System.Net.Http.Headers;
using System.Text;

namespace PolicyLayer.Benchmarks.Mcp;

/// <summary>A client over HTTP, with one session.</summary>
internal sealed class HttpPeer : IDisposable
{
    private const string SessionHeader = "Mcp-Session-Id";

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Uri _address;
    private string? _session;
    private int _id = 1;

    private HttpPeer(Uri address) => _address = address;

    public static async Task<HttpPeer> ConnectAsync(Uri address)
    {
        var peer = new HttpPeer(address);
        await peer.OpenAsync();
        await peer.SayAsync(Messages.List);
        return peer;
    }

    /// <summary>Opens a session; the one before stays open.</summary>
    public Task OpenAsync()
    {
        _session = null;
        return SayAsync(Messages.Initialize);
    }

    public Task CallAsync() => SayAsync(Messages.Call(Interlocked.Increment(ref _id)));

    /// <summary>Opens the session's stream, which stays open as long as the response is not disposed.</summary>
    public async Task<HttpResponseMessage> ListenAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address);
        Describe(request);
        HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _client.Dispose();

    private async Task SayAsync(string message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(message)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Describe(request);
        using HttpResponseMessage response = await _client.SendAsync(request);
        Messages.IdOf(await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync());
        if (response.Headers.TryGetValues(SessionHeader, out IEnumerable<string>? ids))
        {
            _session = ids.Single();
        }
    }

    private void Describe(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        if (_session is not null)
        {
            request.Headers.TryAddWithoutValidation(SessionHeader, _session);
        }
    }
}
