using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PolicyLayer.Sdk.Sqlite;

namespace PolicyLayer.Sdk;

/// <summary>Counts a host's limits in a SQLite file.</summary>
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
        builder.Services.AddSingleton<IValidateOptions<ToolPolicyOptions>>(static services => new SqliteStartup(services));
        return builder.UseCounterStore(static services => services.GetRequiredService<SqliteCounterStore>());
    }
}
