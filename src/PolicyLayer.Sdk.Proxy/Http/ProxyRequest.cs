using Microsoft.AspNetCore.Http;
using PolicyLayer.Sdk.Proxy.Http.Access;
using PolicyLayer.Sdk.Proxy.Http.Upstreams;
using PolicyLayer.Sdk.Proxy.Sessions;

namespace PolicyLayer.Sdk.Proxy.Http;

/// <summary>A request that may go on: where to, whose it is, and in which session.</summary>
/// <param name="Context">The request.</param>
/// <param name="Server">The server.</param>
/// <param name="Caller">Who sends it.</param>
/// <param name="Session">Its session; null where the server has none.</param>
internal sealed record ProxyRequest(HttpContext Context, Server Server, Caller Caller, HttpSession? Session)
{
    /// <summary>What waits for answers: of the session, or of this request alone.</summary>
    public OpenRequests Open { get; } = Session?.Open ?? new OpenRequests();
}
