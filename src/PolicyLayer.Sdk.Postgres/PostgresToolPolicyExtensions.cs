using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using PolicyLayer.Sdk.Postgres.Server;

namespace PolicyLayer.Sdk;

/// <summary>Counts a host's limits in PostgreSQL, and keeps its calls that wait for approval there.</summary>
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
        return builder.WithSource(connectionString).UseCounterStore(services => new PostgresCounterStore(SourceOf(services, connectionString), services.GetRequiredService<TimeProvider>(), maxCounters));
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

    /// <summary>Keeps calls that need approval in a PostgreSQL database, which any number of hosts may share: see <see cref="PostgresApprovalStore"/>. A person answers through <see cref="IApprovalStore"/> from the services of any of them. A host starts without the server; until it answers, calls that need approval are denied.</summary>
    /// <param name="builder">The host's policies.</param>
    /// <param name="connectionString">Npgsql's connection string; where <c>UsePostgres</c> has the same, both share its connections.</param>
    /// <exception cref="ArgumentException">It is none; the text is not quoted, for it may hold a password.</exception>
    public static ToolPolicyBuilder UsePostgresApprovals(this ToolPolicyBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithSource(connectionString).UseApprovalStore(services => new PostgresApprovalStore(SourceOf(services, connectionString)));
    }

    /// <summary>Keeps calls that need approval in the database of a data source of the host's.</summary>
    /// <param name="builder">The host's policies.</param>
    /// <param name="source">Finds the data source, which is not disposed with the store.</param>
    public static ToolPolicyBuilder UsePostgresApprovals(this ToolPolicyBuilder builder, Func<IServiceProvider, NpgsqlDataSource> source)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        return builder.UseApprovalStore(services => new PostgresApprovalStore(source(services)));
    }

    private static ToolPolicyBuilder WithSource(this ToolPolicyBuilder builder, string connectionString)
    {
        _ = ConnectionText.Read(connectionString);
        builder.Services.TryAddSingleton<HostSources>();
        return builder;
    }

    private static NpgsqlDataSource SourceOf(IServiceProvider services, string connectionString) => services.GetRequiredService<HostSources>().Of(connectionString);
}
