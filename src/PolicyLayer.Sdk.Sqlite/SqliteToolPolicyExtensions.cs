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
    public static ToolPolicyBuilder UseSqlite(this ToolPolicyBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        builder.Services.AddSingleton(services => new SqliteCounterStore(path, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IValidateOptions<ToolPolicyOptions>>(static services => new SqliteStartup(services));
        return builder.UseCounterStore(static services => services.GetRequiredService<SqliteCounterStore>());
    }
}
