using System.Net;
using System.Net.Sockets;

namespace PolicyLayer.SharedStores.Tests.Support;

/// <summary>Stands between a store and its server, and cuts the connection when a test says so: when the server has answered, before anybody hears it.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _server;
    private int _keepsNext;

    public Relay(int server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The server's next answer is kept back, and its connection ends.</summary>
    public void KeepNextAnswer() => Volatile.Write(ref _keepsNext, 1);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        CancellationToken token = _end.Token;
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync(token), token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(TcpClient client, CancellationToken token)
    {
        using (client)
        using (var server = new TcpClient { NoDelay = true })
        {
            try
            {
                client.NoDelay = true;
                await server.ConnectAsync(IPAddress.Loopback, _server, token);
                await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream(), token), AnswerAsync(server.GetStream(), client.GetStream(), token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                // One of them is gone, and so is the other now.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream server, NetworkStream client, CancellationToken token)
    {
        byte[] buffer = new byte[16_384];
        while (await server.ReadAsync(buffer, token) is > 0 and int read && Interlocked.Exchange(ref _keepsNext, 0) == 0)
        {
            await client.WriteAsync(buffer.AsMemory(0, read), token);
        }
    }
}
