namespace PolicyLayer.Sdk.Testing.Checks;

/// <summary>Calls that nobody has asked about before.</summary>
internal static class AskedCalls
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public static StoredApproval New() => new()
    {
        Id = Guid.NewGuid().ToString("N"),
        Fingerprint = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N"),
        Tool = "pay",
        Arguments = """{"amount":1}""",
        Grant = "grant " + Guid.NewGuid().ToString("N"),
        PolicyVersion = "sha256:0",
        Rules = ["/tools/pay/require_approval/large"],
        Lifetime = Lifetime,
    };

    /// <summary>The same call, as it comes again: under a name that was made anew.</summary>
    public static StoredApproval Again(this StoredApproval asked) => asked with { Id = Guid.NewGuid().ToString("N") };

    /// <summary>What a store must keep of a call that was asked.</summary>
    public static (string Text, string Rules, string Reasons, TimeSpan Lifetime) Kept(this StoredApproval approval) => (
        string.Join('\n', approval.Id, approval.Fingerprint, approval.Tool, approval.Arguments, approval.Grant, approval.GrantLabel ?? "(null)", approval.User ?? "(null)", approval.Session ?? "(null)", approval.PolicyVersion),
        string.Join('\n', approval.Rules),
        string.Join('\n', approval.Reasons),
        approval.Lifetime);
}
