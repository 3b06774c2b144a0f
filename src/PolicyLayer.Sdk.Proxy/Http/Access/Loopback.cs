using System.Net;
using Microsoft.AspNetCore.Http;

namespace PolicyLayer.Sdk.Proxy.Http.Access;

/// <summary>What is of this machine, as a request says it and as its connection shows it.</summary>
internal static class Loopback
{
    /// <summary>Whether a request names this machine by a name that no other has.</summary>
    public static bool IsHost(HostString host) => IsOrigin($"http://{host.Value}");

    /// <summary>Whether an origin is a page of this machine.</summary>
    /// <remarks>To a URI the name <c>loopback</c> is of this machine, too; but a network can lead it elsewhere, as any name without a dot.</remarks>
    public static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.IsLoopback && uri.Scheme is "http" or "https" && !origin.Contains("loopback", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether both ends of a connection are on this machine.</summary>
    public static bool IsConnection(ConnectionInfo connection) =>
        connection is { LocalIpAddress: { } here, RemoteIpAddress: { } there } && IPAddress.IsLoopback(here) && IPAddress.IsLoopback(there);
}
