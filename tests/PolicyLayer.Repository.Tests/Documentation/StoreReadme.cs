using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Testing;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>Code that the documentation shows of stores, compiled here word for word.</summary>
internal static class StoreReadme
{
    public static async Task CheckAsync(ICounterStore store, MovableClock clock, CancellationToken cancellationToken)
    {
        foreach (CounterStoreCheck check in CounterStoreContract.Checks)                                        // or a theory, by check.Name
        {
            await check.RunAsync(new CounterStoreSubject(store, clock, clock.Advance), cancellationToken);      // a clock that stands still until it is moved
        }
    }

    public static async Task CheckAsync(IApprovalStore store, MovableClock clock, CancellationToken cancellationToken)
    {
        foreach (ApprovalStoreCheck check in ApprovalStoreContract.Checks)
        {
            await check.RunAsync(new ApprovalStoreSubject(store, clock, clock.Advance), cancellationToken);
        }
    }

    public static void Sqlite(IServiceCollection services)
    {
        services.AddToolPolicies(o => o.AddPolicyFile("policy.json"))
                .UseSqlite("state.db");
    }

    public static void SqliteApprovals(IServiceCollection services)
    {
        services.AddToolPolicies(o => o.AddPolicyFile("policy.json"))
                .UseSqlite("state.db")
                .UseSqliteApprovals("state.db");
    }

    public static void Postgres(IServiceCollection services)
    {
        services.AddToolPolicies(o => o.AddPolicyFile("policy.json"))
                .UsePostgres("Host=db;Database=limits;Username=app")                   // or .UsePostgres(services => dataSource)
                .UsePostgresApprovals("Host=db;Database=limits;Username=app");         // where calls wait for a person's approval
    }

    public static void Redis(IServiceCollection services)
    {
        services.AddToolPolicies(o => o.AddPolicyFile("policy.json"))
                .UseRedis("redis:6379");                                               // or .UseRedis(services => connectionMultiplexer)
    }

    /// <summary>A clock of a test's.</summary>
    internal sealed class MovableClock : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan by) => _now += by;
    }
}
