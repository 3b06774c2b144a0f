using System.Net.Sockets;
using System.Text;

namespace PolicyLayer.Sdk.Proxy.Tests.Support;

/// <summary>A POST as no client library would write it.</summary>
internal static class RawRequest
{
    /// <summary>Sends a head, to which <c>Host</c> and the type are added, and a body as it is.</summary>
    /// <returns>All that comes back, in UTF-8.</returns>
    public static async Task<string> PostAsync(Uri endpoint, string head, string body)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(endpoint.Host, endpoint.Port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"POST {endpoint.AbsolutePath} HTTP/1.1\r\nHost: proxy\r\nConnection: close\r\nContent-Type: application/json\r\n{head}\r\n{body}"), TestContext.Current.CancellationToken);
        return await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
