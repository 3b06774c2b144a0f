using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace PolicyLayer.SharedStores.Tests.Support;

/// <summary>A server that this run has started for itself, on loopback, in a folder of its own; it stops only what it started.</summary>
internal abstract class ServerProcess : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    public int Port { get; private set; } = FreePort();

    protected string Folder => _folder.Path;

    /// <summary>Starts it, or starts it again on the port that it had.</summary>
    public async Task StartAsync()
    {
        bool isFirst = _process is null;
        _process = Process.Start(Command())!;

        // PostgreSQL that was killed first writes every file of every database to the disk; where others keep that busy it takes minutes.
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(5), TimeProvider.System);
        while (_process.HasExited || !await AnswersAsync())
        {
            if (_process.HasExited)
            {
                // What the killed one has left behind, a process that is still ending or a lock, may hold this one up for a moment; one that never ran may have met another on its port.
                _process.Dispose();
                Port = isFirst ? FreePort() : Port;
                _process = Process.Start(Command())!;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, late.Token);
        }
    }

    /// <summary>As <c>kill -9</c>, of it and whatever it has started.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        _folder.Dispose();
    }

    protected abstract ProcessStartInfo Command();

    protected abstract Task<bool> AnswersAsync();

    /// <summary>A port below those that the system gives to connections: one of these may be taken while the server is down.</summary>
    private static int FreePort()
    {
        while (true)
        {
            int port = Random.Shared.Next(10_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
