using PolicyLayer.Sdk.Testing;
using PolicyLayer.Testing;

namespace PolicyLayer.SharedStores.Tests.Redis;

public sealed class RedisApprovalContractTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    public static TheoryData<string> Names() => [.. ApprovalStoreContract.Checks.Select(static check => check.Name)];

    public static TheoryData<string> WithoutClock() => [.. ApprovalStoreContract.Checks.Where(static check => !check.NeedsClock).Select(static check => check.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Store_keeps_the_contract(string check)
    {
        var clock = new ManualTimeProvider();
        using var store = new RedisApprovalStore(fixture.Link(), new RedisCounterStoreOptions { KeyPrefix = check }, serverClock: clock);
        await ApprovalStoreContract.Find(check).RunAsync(new ApprovalStoreSubject(store, clock, clock.Advance), TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(WithoutClock))]
    public async Task Store_keeps_it_by_the_servers_clock(string check)
    {
        using var store = new RedisApprovalStore(fixture.Server.PatientConfiguration);
        await ApprovalStoreContract.Find(check).RunAsync(new ApprovalStoreSubject(store), TestContext.Current.CancellationToken);
    }
}
