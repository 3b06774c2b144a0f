using ModelContextProtocol.Client;
using PolicyLayer.Sdk.Mcp.Clients;

namespace PolicyLayer.Sdk;

/// <summary>Puts a guard between an MCP client and a server that it does not trust.</summary>
public static class McpClientToolPolicyExtensions
{
    /// <summary>Judges every <c>tools/call</c> before it leaves, and leaves hidden tools out of what the server lists.</summary>
    /// <param name="transport">The way to the server, of any kind.</param>
    /// <param name="guard">Judges.</param>
    /// <param name="resolver">Says whose call it is, each time. Null: <see cref="Grant.Default"/>.</param>
    /// <param name="configure">Says how calls are guarded; null leaves that as it is.</param>
    /// <returns>A transport for <see cref="McpClient.CreateAsync"/>; the same when this guard guards it already.</returns>
    /// <remarks>
    /// A denied call never reaches the server: it is answered here, as a guarded server would. A call is settled by the server's answer; one that gets none, or is cancelled, is an error.
    /// The <c>inputSchema</c> of a tool is enforced once the tool was listed through this transport; before that it is not known here.
    /// Calls that ask to run as tasks are judged before they leave, and settled when the server has taken them.
    /// Do not guard the functions of the same client with this guard as well: both would judge, and count.
    /// </remarks>
    /// <exception cref="InvalidOperationException">This guard guards the transport already, for another grant or with other options.</exception>
    public static IClientTransport WithToolPolicies(
        this IClientTransport transport, ToolGuard guard, IGrantResolver? resolver = null, Action<ToolPolicyMcpOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(guard);
        var options = new ToolPolicyMcpOptions();
        configure?.Invoke(options);
        return GuardedClientTransport.Enclose(transport, new ClientGuard(guard, resolver, options.ToEnforcement(), options.ServerName ?? ServerNames.Of(transport)));
    }

    /// <summary>Judges every <c>tools/call</c> before it leaves, for one grant, and leaves hidden tools out of what the server lists.</summary>
    /// <param name="transport">The way to the server, of any kind.</param>
    /// <param name="guard">Judges.</param>
    /// <param name="grant">Whose calls they are.</param>
    /// <returns>A transport for <see cref="McpClient.CreateAsync"/>; the same when this guard guards it already.</returns>
    /// <exception cref="InvalidOperationException">This guard guards the transport already, for another grant or with other options.</exception>
    public static IClientTransport WithToolPolicies(this IClientTransport transport, ToolGuard guard, Grant grant) =>
        WithToolPolicies(transport, guard, GrantResolvers.Fixed(grant));
}
