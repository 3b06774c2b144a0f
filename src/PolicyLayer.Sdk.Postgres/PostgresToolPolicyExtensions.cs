using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PolicyLayer.Sdk.Postgres.Server;

namespace PolicyLayer.Sdk;

/// <summary>Counts a host's limits in PostgreSQL.</summary>
public static class PostgresToolPolicyExtensions
{
    /// <summary>Counts limits in a PostgreSQL database, which any number of hosts may share: see <see cref="PostgresCounterStore"/>. A host starts without the server; until it answers, calls with limits are denied.</summary>
    /// <param name="builder">The host's policies.</param>
    /// <param name="connectionString">Npgsql's connection string.</param>
    /// <param name="maxCounters">How many counters may live in the database; then calls that need new ones are denied.</param>
    /// <exception cref="ArgumentException">It is none; the text is not quoted, for it may hold a password.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxCounters"/> is below 1.</exception>
    public static ToolPolicyBuilder UsePostgres(this ToolPolicyBuilder builder, string connectionString, int maxCounters = PostgresCounterStore.DefaultMaxCounters)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCounters, 1);
        _ = ConnectionText.Read(connectionString);
        return builder.UseCounterStore(services => new PostgresCounterStore(connectionString, services.GetRequiredService<TimeProvider>(), maxCounters));
    }

    /// <summary>Counts limits in the database of a data source of the host's.</summary>
    /// <param name="builder">The host's policies.</param>
    /// <param name="source">Finds the data source, which is not disposed with the store.</param>
    /// <param name="maxCounters">How many counters may live in the database; then calls that need new ones are denied.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxCounters"/> is below 1.</exception>
    public static ToolPolicyBuilder UsePostgres(this ToolPolicyBuilder builder, Func<IServiceProvider, NpgsqlDataSource> source, int maxCounters = PostgresCounterStore.DefaultMaxCounters)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCounters, 1);
        ArgumentNullException.ThrowIfNull(source);
        return builder.UseCounterStore(services => new PostgresCounterStore(source(services), services.GetRequiredService<TimeProvider>(), maxCounters));
    }
}
