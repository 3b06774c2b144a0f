using PolicyLayer.Sdk.Testing;
using PolicyLayer.SharedStores.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.SharedStores.Tests.Sqlite;

public sealed class SqliteContractTests
{
    public static TheoryData<string> Names() => [.. CounterStoreContract.Checks.Select(static check => check.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Store_keeps_the_contract(string check)
    {
        using var folder = new TemporaryFolder();
        var clock = new ManualTimeProvider();
        using var store = new SqliteCounterStore(folder.File("state.db"), clock);
        await CounterStoreContract.Find(check).RunAsync(new CounterStoreSubject(store, clock, clock.Advance), TestContext.Current.CancellationToken);
    }
}
