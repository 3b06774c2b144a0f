using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Sdk.Mcp.Servers;

namespace PolicyLayer.Sdk;

/// <summary>Puts a guard around the handlers of an MCP server that is set up by hand.</summary>
/// <remarks>
/// The input schemas of a call handler's tools are those that the server's list handler declares; of a tool that it does not list none is known, so write <c>arguments</c> in the policy.
/// With <c>WithToolPolicies()</c> handlers are guarded already; protecting one as well is harmless: a call is judged and counted once.
/// A host that uses <c>AddToolPolicies</c> and only protects handlers registers a <see cref="ToolPolicyEnforcementPoint"/> as a service, so that it is not warned at start that nothing enforces.
/// </remarks>
public static class ToolGuardMcpExtensions
{
    /// <summary>Makes a call handler that runs only calls which the guard allows, and settles them.</summary>
    /// <param name="guard">Judges.</param>
    /// <param name="handler">Runs the tool. It is not called for a denied call.</param>
    /// <remarks>The caller's grant is what the <see cref="IGrantResolver"/> among the request's services says; where none is registered, <see cref="Grant.Default"/>.</remarks>
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Protect(
        this ToolGuard guard, McpRequestHandler<CallToolRequestParams, CallToolResult> handler) =>
        Protect(guard, handler, resolver: null);

    /// <summary>Makes a call handler that runs only calls which the guard allows, and settles them.</summary>
    /// <param name="guard">Judges.</param>
    /// <param name="handler">Runs the tool. It is not called for a denied call.</param>
    /// <param name="resolver">Says whose call it is, in place of one among the request's services. Null asks those.</param>
    /// <param name="configure">Says how calls are guarded; null leaves it at the first values of <see cref="ToolPolicyMcpOptions"/>.</param>
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Protect(
        this ToolGuard guard, McpRequestHandler<CallToolRequestParams, CallToolResult> handler, IGrantResolver? resolver, Action<ToolPolicyMcpOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(guard);
        ArgumentNullException.ThrowIfNull(handler);
        var options = new ToolPolicyMcpOptions();
        configure?.Invoke(options);
        return new CallGuard(guard, new CallerGrants(resolver), new CallSurroundings(options.ToEnforcement()), options.ServerName).Protect(handler);
    }

    /// <summary>Makes a list handler that leaves out what is hidden from the caller.</summary>
    /// <param name="guard">Says what is hidden.</param>
    /// <param name="handler">Lists the tools, page by page; its cursors are kept, so a page may come out shorter.</param>
    /// <remarks>The caller's grant is found as for calls. A caller without a grant is shown nothing.</remarks>
    public static McpRequestHandler<ListToolsRequestParams, ListToolsResult> Protect(
        this ToolGuard guard, McpRequestHandler<ListToolsRequestParams, ListToolsResult> handler) =>
        Protect(guard, handler, resolver: null);

    /// <summary>Makes a list handler that leaves out what is hidden from the caller.</summary>
    /// <param name="guard">Says what is hidden.</param>
    /// <param name="handler">Lists the tools, page by page; its cursors are kept, so a page may come out shorter.</param>
    /// <param name="resolver">Says who asks, in place of one among the request's services. Null asks those.</param>
    public static McpRequestHandler<ListToolsRequestParams, ListToolsResult> Protect(
        this ToolGuard guard, McpRequestHandler<ListToolsRequestParams, ListToolsResult> handler, IGrantResolver? resolver)
    {
        ArgumentNullException.ThrowIfNull(guard);
        ArgumentNullException.ThrowIfNull(handler);
        return new ListGuard(guard, new CallerGrants(resolver)).Enclose(handler);
    }
}
