using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolicyLayer.Sdk.Proxy.Http;

namespace PolicyLayer.Sdk;

/// <summary>Puts tool policies in front of MCP servers over streamable HTTP.</summary>
public static class ToolPolicyProxyEndpointExtensions
{
    private static readonly string[] Methods = [HttpMethods.Post, HttpMethods.Get, HttpMethods.Delete];

    /// <summary>Maps a proxy in front of MCP servers: every <c>tools/call</c> is judged before the server sees it, and hidden tools leave its listings.</summary>
    /// <param name="endpoints">The host's routes.</param>
    /// <param name="pattern">Where, such as <c>/mcp/{server}</c>; without <c>{server}</c> there is one server.</param>
    /// <param name="configure">Names the servers, and whose calls they are.</param>
    /// <remarks>
    /// What is neither a call nor a listing passes as the bytes that came. What a looser reader could take for something else does not pass, from neither side.
    /// The guard is the one of <c>AddToolPolicies()</c> where the options name none.
    /// Under <c>RequireAuthorization()</c> OPTIONS alone needs no user: browsers ask by it before they send anything, and it reaches no server.
    /// </remarks>
    /// <exception cref="InvalidOperationException">There is no guard, or no server, a header for a server is one that no request can have, an allowed origin one that no browser sends, or an allowed host no name.</exception>
    public static IEndpointConventionBuilder MapToolPolicyProxy(this IEndpointRouteBuilder endpoints, string pattern, Action<HttpToolPolicyProxyOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new HttpToolPolicyProxyOptions();
        configure(options);
        RequestDelegate proxy = ProxyEndpoint.Create(options, endpoints.ServiceProvider).HandleAsync;
        RouteGroupBuilder both = endpoints.MapGroup(string.Empty);
        both.MapMethods(pattern, Methods, proxy);

        // A browser shows no token when it asks what a page may do, and it is told nothing else.
        both.MapMethods(pattern, [HttpMethods.Options], proxy).AllowAnonymous();
        return both;
    }
}
