using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolicyLayer.Sdk.Proxy.Http;

namespace PolicyLayer.Sdk;

/// <summary>Puts tool policies in front of MCP servers over streamable HTTP.</summary>
public static class ToolPolicyProxyEndpointExtensions
{
    private static readonly string[] Methods = [HttpMethods.Post, HttpMethods.Get, HttpMethods.Delete, HttpMethods.Options];

    /// <summary>Maps a proxy in front of MCP servers: every <c>tools/call</c> is judged before the server sees it, and hidden tools leave its listings.</summary>
    /// <param name="endpoints">The host's routes.</param>
    /// <param name="pattern">Where, such as <c>/mcp/{server}</c>; without <c>{server}</c> there is one server.</param>
    /// <param name="configure">Names the servers, and whose calls they are.</param>
    /// <remarks>
    /// What is neither a call nor a listing passes as the bytes that came. What a looser reader could take for something else does not pass, from neither side.
    /// The guard is the one of <c>AddToolPolicies()</c> where the options name none.
    /// </remarks>
    /// <exception cref="InvalidOperationException">There is no guard, or no server, a header for a server is one that no request can have, an allowed origin one that no browser sends, or an allowed host no name.</exception>
    public static IEndpointConventionBuilder MapToolPolicyProxy(this IEndpointRouteBuilder endpoints, string pattern, Action<HttpToolPolicyProxyOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new HttpToolPolicyProxyOptions();
        configure(options);
        return endpoints.MapMethods(pattern, Methods, ProxyEndpoint.Create(options, endpoints.ServiceProvider).HandleAsync);
    }
}
