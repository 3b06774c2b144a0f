using System.Text;
using System.Text.Json.Nodes;
using PolicyLayer.Sdk.Mcp.Tests.Messages;

namespace PolicyLayer.Sdk.Mcp.Tests.Http;

/// <summary>A message by POST, as somebody who does not keep to the protocol.</summary>
internal static class RawHttp
{
    /// <summary>Posts a text; the answer as a test compares it: what a tool said, a denial's reason, an error's code, or the HTTP status where no message came.</summary>
    public static Task<string> SayAsync(Uri endpoint, string message, params (string Name, string? Value)[] headers) => SayAsync(endpoint, Encoding.UTF8.GetBytes(message), headers);

    /// <summary>Posts bytes, of whatever kind.</summary>
    public static async Task<string> SayAsync(Uri endpoint, byte[] message, params (string Name, string? Value)[] headers)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(message) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        foreach ((string name, string? value) in headers)
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        string? data = body.Split('\n').LastOrDefault(static line => line.StartsWith("data: ", StringComparison.Ordinal));
        return data is null ? $"status {(int)response.StatusCode}" : RawConnection.Describe(JsonNode.Parse(data["data: ".Length..])!);
    }
}
