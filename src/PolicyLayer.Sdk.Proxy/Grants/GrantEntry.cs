namespace PolicyLayer.Sdk.Proxy.Grants;

/// <summary>An entry of a file of grants.</summary>
/// <param name="Grant">Who it is.</param>
/// <param name="Policies">The names of the policies that judge its calls; null: all.</param>
/// <param name="Expires">Until when it counts; null: for ever.</param>
/// <param name="TokenHash">The SHA-256 of its token.</param>
internal sealed record GrantEntry(Grant Grant, IReadOnlyList<string>? Policies, DateTimeOffset? Expires, byte[] TokenHash);
