using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk.Redis.Server;
using StackExchange.Redis;

namespace PolicyLayer.Sdk;

/// <summary>Counts a host's limits, and keeps its approvals, in Redis.</summary>
public static class RedisToolPolicyExtensions
{
    /// <summary>Counts limits in Redis, which any number of hosts may share: see <see cref="RedisCounterStore"/>. A host starts without the server; until it answers, calls with limits are denied.</summary>
    /// <param name="builder">The host's policies.</param>
    /// <param name="configuration">StackExchange.Redis's text, such as <c>localhost:6379,password=…</c>.</param>
    /// <param name="options">How; null for what they are at first.</param>
    /// <exception cref="ArgumentException">The text is none; it is not quoted, for it may hold a password.</exception>
    public static ToolPolicyBuilder UseRedis(this ToolPolicyBuilder builder, string configuration, RedisCounterStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = ConfigurationText.Read(configuration);
        return builder.UseCounterStore(services => new RedisCounterStore(configuration, options, services.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Counts limits on the server of a connection of the host's.</summary>
    /// <param name="builder">The host's policies.</param>
    /// <param name="connection">Finds the connection, made with <c>allowAdmin=true</c> unless forgetful servers are accepted, for the store asks the server how it keeps what it holds. It is not disposed with the store.</param>
    /// <param name="options">How; null for what they are at first.</param>
    public static ToolPolicyBuilder UseRedis(this ToolPolicyBuilder builder, Func<IServiceProvider, IConnectionMultiplexer> connection, RedisCounterStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(connection);
        return builder.UseCounterStore(services => new RedisCounterStore(connection(services), options, services.GetRequiredService<TimeProvider>()));
    }
    /// <summary>Keeps calls that need approval in Redis, where any number of hosts share them and people may answer from elsewhere: see <see cref="RedisApprovalStore"/>. A host starts without the server; until it answers, such calls are denied.</summary>
    /// <param name="builder">The host's policies.</param>
    /// <param name="configuration">StackExchange.Redis's text, such as <c>localhost:6379,password=…</c>.</param>
    /// <param name="options">How; null for what they are at first.</param>
    /// <exception cref="ArgumentException">The text is none; it is not quoted, for it may hold a password.</exception>
    public static ToolPolicyBuilder UseRedisApprovals(this ToolPolicyBuilder builder, string configuration, RedisCounterStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = ConfigurationText.Read(configuration);
        return builder.UseApprovalStore(_ => new RedisApprovalStore(configuration, options));
    }

    /// <summary>Keeps calls that need approval on the server of a connection of the host's.</summary>
    /// <param name="builder">The host's policies.</param>
    /// <param name="connection">Finds the connection, made with <c>allowAdmin=true</c> unless forgetful servers are accepted, for the store asks the server how it keeps what it holds. It is not disposed with the store.</param>
    /// <param name="options">How; null for what they are at first.</param>
    public static ToolPolicyBuilder UseRedisApprovals(this ToolPolicyBuilder builder, Func<IServiceProvider, IConnectionMultiplexer> connection, RedisCounterStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(connection);
        return builder.UseApprovalStore(services => new RedisApprovalStore(connection(services), options));
    }
}
