using System.Net;
using Microsoft.AspNetCore.Http;

namespace PolicyLayer.Sdk.Proxy.Http;

/// <summary>Whether a request may come from where it says: a page of somebody else must not speak to a server through its reader's browser.</summary>
internal sealed class OriginCheck(IEnumerable<string> allowed)
{
    private readonly HashSet<string> _allowed = new(allowed, StringComparer.OrdinalIgnoreCase);

    public bool IsAllowed(HttpContext context) => context.Request.Headers.Origin switch
    {
        [] => true,
        [{ } origin] => _allowed.Count > 0
            ? _allowed.Contains(origin)
            : IsLoopback(origin) && context.Connection.LocalIpAddress is { } address && IPAddress.IsLoopback(address),
        _ => false,
    };

    private static bool IsLoopback(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.IsLoopback && uri.Scheme is "http" or "https";
}
