using PolicyLayer.Sdk.Testing;
using PolicyLayer.Testing;

namespace PolicyLayer.SharedStores.Tests.Redis;

public sealed class RedisContractTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    public static TheoryData<string> Names() => [.. CounterStoreContract.Checks.Select(static check => check.Name)];

    public static TheoryData<string> WithoutClock() => [.. CounterStoreContract.Checks.Where(static check => !check.NeedsClock).Select(static check => check.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Store_keeps_the_contract(string check)
    {
        var clock = new ManualTimeProvider();
        using var store = new RedisCounterStore(fixture.Link(), null, clock, serverClock: clock, lease: TimeSpan.FromDays(1000));
        await CounterStoreContract.Find(check).RunAsync(new CounterStoreSubject(store, clock, clock.Advance), TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(WithoutClock))]
    public async Task Store_keeps_it_by_the_servers_clock(string check)
    {
        using var store = new RedisCounterStore(fixture.Server.PatientConfiguration);
        await CounterStoreContract.Find(check).RunAsync(new CounterStoreSubject(store), TestContext.Current.CancellationToken);
    }
}
