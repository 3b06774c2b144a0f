using Npgsql;
using PolicyLayer.Sdk.Testing;
using PolicyLayer.Testing;

namespace PolicyLayer.SharedStores.Tests.Postgres;

public sealed class PostgresApprovalContractTests(PostgresFixture fixture) : PostgresTests(fixture), IClassFixture<PostgresFixture>
{
    public static TheoryData<string> Names() => [.. ApprovalStoreContract.Checks.Select(static check => check.Name)];

    public static TheoryData<string> WithoutClock() => [.. ApprovalStoreContract.Checks.Where(static check => !check.NeedsClock).Select(static check => check.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Store_keeps_the_contract(string check)
    {
        var clock = new ManualTimeProvider();
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await using var store = new PostgresApprovalStore(source, ownsSource: false, serverClock: clock);
        await ApprovalStoreContract.Find(check).RunAsync(new ApprovalStoreSubject(store, clock, clock.Advance), Token);
    }

    [Theory]
    [MemberData(nameof(WithoutClock))]
    public async Task Store_keeps_it_by_the_servers_clock(string check)
    {
        await using var store = new PostgresApprovalStore(ConnectionString);
        await ApprovalStoreContract.Find(check).RunAsync(new ApprovalStoreSubject(store), Token);
    }
}
