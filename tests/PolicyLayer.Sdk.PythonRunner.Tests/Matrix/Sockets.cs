using System.Net;
using System.Net.Sockets;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>The sockets that a payload may try to reach, each made only when the payload names it.</summary>
internal sealed class Sockets : IDisposable
{
    private readonly List<Socket> _sockets = [];

    /// <summary>Whether anybody knocked.</summary>
    public bool Reached => _sockets.Any(socket => socket.Poll(0, SelectMode.SelectRead));

    public int Tcp() => Port(Add(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp), new IPEndPoint(IPAddress.Loopback, 0)));

    public int Tcp6() => Port(Add(new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp), new IPEndPoint(IPAddress.IPv6Loopback, 0)));

    public int Udp() => Port(Add(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp), new IPEndPoint(IPAddress.Loopback, 0)));

    public void Stream(string path) => Add(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), new UnixDomainSocketEndPoint(path));

    public void Datagram(string path) => Add(new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified), new UnixDomainSocketEndPoint(path));

    public void Dispose()
    {
        foreach (Socket socket in _sockets)
        {
            socket.Dispose();
        }
    }

    private static int Port(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private Socket Add(Socket socket, EndPoint place)
    {
        _sockets.Add(socket);
        socket.Bind(place);
        if (socket.SocketType == SocketType.Stream)
        {
            socket.Listen();
        }

        return socket;
    }
}
