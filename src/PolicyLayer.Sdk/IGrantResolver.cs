namespace PolicyLayer.Sdk;

/// <summary>The host's answer to "whose call is this?".</summary>
public interface IGrantResolver
{
    /// <summary>Finds the grant of one call.</summary>
    /// <param name="request">What the adapter knows of the caller.</param>
    /// <param name="cancellationToken">Ends the wait; the call is then not made.</param>
    /// <returns>The grant, or null: then the call is denied with <see cref="DecisionReason.NoPolicy"/>.</returns>
    /// <remarks>Called once for each call and each listing, from many threads at once. An exception denies the call.</remarks>
    ValueTask<Grant?> ResolveAsync(GrantRequest request, CancellationToken cancellationToken);
}
