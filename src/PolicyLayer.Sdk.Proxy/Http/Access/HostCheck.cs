using System.Text;
using Microsoft.AspNetCore.Http;

namespace PolicyLayer.Sdk.Proxy.Http.Access;

/// <summary>Whether a request means this proxy. A page can have its own name lead to this machine (DNS rebinding); browsers then take the proxy for the page's own server, and send no <c>Origin</c> when they only read from it. The name stays in <c>Host</c>.</summary>
/// <param name="allowed">Names of the proxy, beside those of loopback.</param>
/// <param name="hasTokens">Whether every caller shows a token, which no such page has.</param>
/// <exception cref="InvalidOperationException">A name is none that a host can have.</exception>
internal sealed class HostCheck(IEnumerable<string> allowed, bool hasTokens)
{
    private readonly HashSet<string> _allowed = new(allowed.Select(Checked), StringComparer.OrdinalIgnoreCase);

    public bool IsAllowed(HttpContext context) =>
        IsAnyAllowed(context) || Loopback.IsHost(context.Request.Host) || _allowed.Contains(context.Request.Host.Host);

    /// <summary>Whether a name is one that <c>Host</c> can have, less its port. Any other would let nobody pass, and nobody would know why.</summary>
    public static bool IsHostName(string text) => Ascii.IsValid(text) && new HostString(text) is { HasValue: true, Port: null } host && host.Host == text && Uri.CheckHostName(text) != UriHostNameType.Unknown;

    private bool IsAnyAllowed(HttpContext context) =>
        _allowed.Count == 0 && (hasTokens || context.User.Identity?.IsAuthenticated == true || !Loopback.IsConnection(context.Connection));

    private static string Checked(string text) => IsHostName(text)
        ? text
        : throw new InvalidOperationException($"`{text}` is no name of a host; write it alone, such as `mcp.example.com`: no scheme, no port, no path, an address of IPv6 in brackets, and letters beyond ASCII as browsers send them (`xn--…`)");
}
