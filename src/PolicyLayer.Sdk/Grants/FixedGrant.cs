namespace PolicyLayer.Sdk.Grants;

/// <summary>A resolver that always answers one grant; two of them for one grant are equal.</summary>
internal sealed record FixedGrant(Grant Grant) : IGrantResolver
{
    public ValueTask<Grant?> ResolveAsync(GrantRequest request, CancellationToken cancellationToken) => new(Grant);
}
