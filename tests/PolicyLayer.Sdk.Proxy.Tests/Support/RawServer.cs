using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PolicyLayer.Sdk.Proxy.Tests.Support;

/// <summary>A server that answers with bytes as no web server would write them: to each request the next of them, and the connection is closed.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    /// <param name="requestEnd">What every request ends with.</param>
    /// <param name="answers">The answers.</param>
    public RawServer(string requestEnd, params string[] answers)
    {
        _listener.Start();
        Served = ServeAsync(requestEnd, answers);
    }

    public Uri Endpoint => new($"http://{_listener.LocalEndpoint}/mcp");

    /// <summary>Ends when every answer was given.</summary>
    public Task Served { get; }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(string requestEnd, string[] answers)
    {
        foreach (string answer in answers)
        {
            using TcpClient client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            var request = new StringBuilder();
            byte[] buffer = new byte[4096];
            while (!request.ToString().EndsWith(requestEnd, StringComparison.Ordinal))
            {
                request.Append(Encoding.UTF8.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken)));
            }

            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer), TestContext.Current.CancellationToken);
        }
    }
}
