using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;
using PolicyLayer.Sdk.Mcp.Telemetry;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>Finds whose request it is.</summary>
/// <param name="resolver">The host's answer; null asks the request's services, and where there are none the caller is <see cref="Grant.Default"/>.</param>
internal sealed class CallerGrants(IGrantResolver? resolver)
{
    /// <summary>The grant; null when there is none or the resolver failed. Only cancellation passes out.</summary>
    public async ValueTask<Grant?> FindAsync(MessageContext context, CancellationToken cancellationToken)
    {
        try
        {
            IGrantResolver? asked = resolver ?? context.Services?.GetService<IGrantResolver>();
            return asked is null ? Grant.Default : await asked.ResolveAsync(new GrantRequest(context.User, context.Services), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.GrantUnknown(Log.Of(context), e.GetType().Name);
            return null;
        }
    }
}
