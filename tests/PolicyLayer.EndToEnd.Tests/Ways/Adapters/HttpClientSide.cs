using System.Net;
using System.Text;
using System.Text.Json;

namespace PolicyLayer.EndToEnd.Tests.Ways.Adapters;

/// <summary>A client over streamable HTTP that sends its requests as they are.</summary>
internal sealed class HttpClientSide(Uri endpoint) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = DecompressionMethods.None });
    private int _id;

    public Task<string> ListAsync() => AskAsync(string.Empty, "tools/list", "{}");

    public Task<string> CallAsync(WayCall call) => AskAsync(call.Tool, "tools/call", call.Parameters);

    public void Dispose() => _client.Dispose();

    private async Task<string> AskAsync(string tool, string method, string parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new StringContent($$"""{"jsonrpc":"2.0","id":{{++_id}},"method":"{{method}}","params":{{parameters}}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        request.Headers.TryAddWithoutValidation("Mcp-Protocol-Version", "2025-06-18");
        using HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        string json = body.Split('\n').LastOrDefault(static line => line.StartsWith("data: ", StringComparison.Ordinal))?["data: ".Length..] ?? body;
        return json.StartsWith('{') ? McpAnswers.Told(tool, JsonElement.Parse(json)) : $"status {(int)response.StatusCode}: {json}";
    }
}
