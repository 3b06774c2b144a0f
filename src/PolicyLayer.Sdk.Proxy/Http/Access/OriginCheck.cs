using System.Text;
using Microsoft.AspNetCore.Http;

namespace PolicyLayer.Sdk.Proxy.Http.Access;

/// <summary>Whether a request may come from where it says: a page of somebody else must not speak to a server through its reader's browser.</summary>
/// <exception cref="InvalidOperationException">An origin is one that no browser sends.</exception>
internal sealed class OriginCheck(IEnumerable<string> allowed)
{
    /// <summary>What web servers add to a request that they pass on.</summary>
    private static readonly string[] Forwarding = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"];

    private readonly HashSet<string> _allowed = new(allowed.Select(Checked), StringComparer.OrdinalIgnoreCase);

    public bool IsAllowed(HttpContext context) => context.Request.Headers.Origin switch
    {
        [] => true,
        [{ } origin] => _allowed.Count > 0
            ? _allowed.Contains(origin)
            : Loopback.IsOrigin(origin) && IsOfThisMachine(context),
        _ => false,
    };

    /// <summary>Whether a request is of a page whose origin is named among the allowed.</summary>
    public bool IsNamed(HttpContext context) => context.Request.Headers.Origin is [{ } origin] && _allowed.Contains(origin);

    /// <summary>Whether browsers write origins so (RFC 6454, section 6.2). Any other would let nobody pass, and nobody would know why.</summary>
    public static bool IsOrigin(string text) =>
        text == "null" || (Ascii.IsValid(text) && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.UserInfo.Length == 0 && text.Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase));

    private static string Checked(string text) => IsOrigin(text)
        ? text
        : throw new InvalidOperationException($"no browser sends the origin `{text}`; write a scheme, a host and perhaps a port, such as `https://app.example.com`: no path, no slash at the end, no port that the scheme has anyway");

    /// <summary>Whether the browser is on this machine, and not only the web server that passes on what it says.</summary>
    private static bool IsOfThisMachine(HttpContext context) =>
        Loopback.IsConnection(context.Connection) && Loopback.IsHost(context.Request.Host) && !Array.Exists(Forwarding, context.Request.Headers.ContainsKey);
}
