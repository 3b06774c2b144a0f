using PolicyLayer.SharedStores.Tests.Support;

namespace PolicyLayer.SharedStores.Tests.Postgres;

/// <summary>Calls that need approval, each under a name of its own; those of one purpose are the same call.</summary>
internal static class AskedPayment
{
    public static StoredApproval For(string purpose, string arguments = """{"amount":1}""") => AskedCalls.New(purpose) with { Arguments = arguments };

    public static async Task<ApprovalStatus> AskAsync(this PostgresApprovalStore store, string purpose) =>
        (await store.AskAsync(For(purpose), TestContext.Current.CancellationToken)).Status;

    /// <summary>Has a call approved that nobody has asked about.</summary>
    public static async Task ApproveAsync(this PostgresApprovalStore store, string purpose, string arguments = """{"amount":1}""")
    {
        StoredApproval asked = await store.AskAsync(For(purpose, arguments), TestContext.Current.CancellationToken);
        Assert.Equal(ApprovalStatus.Approved, (await store.AnswerAsync(asked.Id, isApproved: true, by: null, TestContext.Current.CancellationToken))?.Status);
    }
}
