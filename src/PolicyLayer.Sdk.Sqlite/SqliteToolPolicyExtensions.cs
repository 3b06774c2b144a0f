using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PolicyLayer.Sdk.Sqlite;

namespace PolicyLayer.Sdk;

/// <summary>Counts a host's limits, and keeps its calls that wait for approval, in a SQLite file.</summary>
public static class SqliteToolPolicyExtensions
{
    /// <summary>Counts limits in a file, which outlives the process and may be shared by several of them: see <see cref="SqliteCounterStore"/>. A file that cannot be used stops the start.</summary>
    /// <param name="builder">The host's policies.</param>
    /// <param name="path">The file, made when missing; its folder must exist.</param>
    /// <param name="maxCounters">How many counters may live in the file; then calls that need new ones are denied.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxCounters"/> is below 1.</exception>
    public static ToolPolicyBuilder UseSqlite(this ToolPolicyBuilder builder, string path, int maxCounters = SqliteCounterStore.DefaultMaxCounters)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCounters, 1);
        builder.Services.AddSingleton(services => new SqliteCounterStore(path, services.GetRequiredService<TimeProvider>(), maxCounters));
        builder.Services.AddSingleton<IValidateOptions<ToolPolicyOptions>>(static services => new SqliteStartup<SqliteCounterStore>(services));
        return builder.UseCounterStore(static services => services.GetRequiredService<SqliteCounterStore>());
    }

    /// <summary>Keeps calls that need approval in a file, so that a person can answer later, from another process too: see <see cref="SqliteApprovalStore"/>. A file that cannot be used stops the start.</summary>
    /// <param name="builder">The host's policies.</param>
    /// <param name="path">The file, made when missing; its folder must exist. It may be the one that <see cref="UseSqlite"/> names.</param>
    public static ToolPolicyBuilder UseSqliteApprovals(this ToolPolicyBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        builder.Services.AddSingleton(services => new SqliteApprovalStore(path, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IValidateOptions<ToolPolicyOptions>>(static services => new SqliteStartup<SqliteApprovalStore>(services));
        return builder.UseApprovalStore(static services => services.GetRequiredService<SqliteApprovalStore>());
    }
}
