namespace PolicyLayer.SharedStores.Tests.Support;

/// <summary>Calls that tests put before people.</summary>
internal static class AskedCalls
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public static StoredApproval New(string call) => new()
    {
        Id = Guid.NewGuid().ToString("N"),
        Fingerprint = call,
        Tool = "pay",
        Arguments = """{"amount":1}""",
        Grant = "grant",
        PolicyVersion = "sha256:0",
        Rules = ["/tools/pay/require_approval/large"],
        Lifetime = Lifetime,
    };

    /// <summary>Asks as the same call does when it comes again: under a name of its own.</summary>
    public static async Task<StoredApproval> AskAsync(this IApprovalStore store, string call) =>
        await store.AskAsync(New(call), TestContext.Current.CancellationToken);

    public static async Task<StoredApproval?> AnswerAsync(this IApprovalStore store, string id, bool isApproved) =>
        await store.AnswerAsync(id, isApproved, by: "ann", TestContext.Current.CancellationToken);

    public static async Task<ApprovalStatus?> StatusAsync(this IApprovalStore store, string id) =>
        (await store.FindAsync(id, TestContext.Current.CancellationToken))?.Status;
}
