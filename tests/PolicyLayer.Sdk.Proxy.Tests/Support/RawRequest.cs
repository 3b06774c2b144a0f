using System.Net.Sockets;
using System.Text;

namespace PolicyLayer.Sdk.Proxy.Tests.Support;

/// <summary>Requests as no client library would write them.</summary>
internal static class RawRequest
{
    /// <summary>Sends a head, to which <c>Host</c> and the type are added, and a body as it is.</summary>
    /// <returns>All that comes back, in UTF-8.</returns>
    public static Task<string> PostAsync(Uri endpoint, string head, string body) =>
        SendAsync(endpoint, $"POST {endpoint.AbsolutePath} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n{head}\r\n{body}");

    /// <summary>Sends what it is given, in UTF-8, and waits for the end of the connection.</summary>
    /// <returns>All that comes back, in UTF-8.</returns>
    public static async Task<string> SendAsync(Uri endpoint, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(endpoint.Host, endpoint.Port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
        return await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
