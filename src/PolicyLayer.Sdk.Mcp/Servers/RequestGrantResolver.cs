using Microsoft.Extensions.DependencyInjection;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>Asks the resolver among the services of the request: a host may make one for each, which must not be kept for the next.</summary>
/// <param name="host">The services of the host, for a request that has none.</param>
internal sealed class RequestGrantResolver(IServiceProvider host) : IGrantResolver
{
    public ValueTask<Grant?> ResolveAsync(GrantRequest request, CancellationToken cancellationToken) =>
        (request.Services?.GetService<IGrantResolver>() ?? host.GetService<IGrantResolver>()) is { } resolver
            ? resolver.ResolveAsync(request, cancellationToken)
            : new ValueTask<Grant?>(Grant.Default);
}
