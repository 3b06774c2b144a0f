namespace PolicyLayer.Sdk.DependencyInjection;

/// <summary>A resolver that asks a function.</summary>
internal sealed class DelegateGrantResolver(Func<GrantRequest, Grant?> resolve) : IGrantResolver
{
    public ValueTask<Grant?> ResolveAsync(GrantRequest request, CancellationToken cancellationToken) => new(resolve(request));
}
