using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>Finds whose request it is.</summary>
/// <param name="resolver">The host's answer; null asks the request's services.</param>
internal sealed class CallerGrants(IGrantResolver? resolver)
{
    /// <summary>The grant; null when there is none or the resolver failed. Only cancellation passes out.</summary>
    public ValueTask<Grant?> FindAsync(MessageContext context, CancellationToken cancellationToken) =>
        GrantResolvers.FindGrantAsync(resolver, new GrantRequest(context.User, context.Services), cancellationToken);
}
