using PolicyLayer.Sdk.Testing;
using PolicyLayer.SharedStores.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.SharedStores.Tests.Sqlite;

public sealed class SqliteApprovalContractTests
{
    public static TheoryData<string> Names() => [.. ApprovalStoreContract.Checks.Select(static check => check.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Store_keeps_the_contract(string check)
    {
        using var folder = new TemporaryFolder();
        var clock = new ManualTimeProvider();
        using var store = new SqliteApprovalStore(folder.File("state.db"), clock);
        await ApprovalStoreContract.Find(check).RunAsync(new ApprovalStoreSubject(store, clock, clock.Advance), TestContext.Current.CancellationToken);
    }

    // As far as its readers can tell, two stores on one file are one.
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Stores_of_one_file_keep_the_contract_together(string check)
    {
        using var folder = new TemporaryFolder();
        var clock = new ManualTimeProvider();
        using var one = new SqliteApprovalStore(folder.File("state.db"), clock);
        using var other = new SqliteApprovalStore(folder.File("state.db"), clock);
        await ApprovalStoreContract.Find(check).RunAsync(new ApprovalStoreSubject(new InTurns(one, other), clock, clock.Advance), TestContext.Current.CancellationToken);
    }
}
