using PolicyLayer.Sdk.Testing;
using PolicyLayer.Testing;

namespace PolicyLayer.SharedStores.Tests.Postgres;

public sealed class PostgresContractTests(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    public static TheoryData<string> Names() => [.. CounterStoreContract.Checks.Select(static check => check.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Store_keeps_the_contract(string check)
    {
        var clock = new ManualTimeProvider();
        await using var store = new PostgresCounterStore(fixture.Source, ownsSource: false, clock, serverClock: clock, lease: TimeSpan.FromDays(1000));
        await CounterStoreContract.Find(check).RunAsync(new CounterStoreSubject(store, clock, clock.Advance), TestContext.Current.CancellationToken);
    }

    public static TheoryData<string> WithoutClock() => [.. CounterStoreContract.Checks.Where(static check => !check.NeedsClock).Select(static check => check.Name)];

    [Theory]
    [MemberData(nameof(WithoutClock))]
    public async Task Store_keeps_it_by_the_servers_clock(string check)
    {
        await using var store = new PostgresCounterStore(fixture.Source);
        await CounterStoreContract.Find(check).RunAsync(new CounterStoreSubject(store), TestContext.Current.CancellationToken);
    }
}
