using PolicyLayer.Sdk;

namespace PolicyLayer.Cli;

/// <summary>Where a command keeps counters: what <c>--state</c> says.</summary>
internal sealed class StateStore
{
    public const string Memory = "memory";

    private readonly string _place;

    private StateStore(string kind, string place) => (Kind, _place) = (kind, place);

    /// <summary>Which store, without where it is, for that may hold a password.</summary>
    public string Kind { get; }

    /// <summary>Whether it counts by its own clock, so that no replay can use it.</summary>
    public bool IsServer => Kind is "postgres" or "redis";

    /// <exception cref="UsageException">It names no store.</exception>
    public static StateStore Parse(string state) => state.Split(':', 2) switch
    {
        [Memory] => new StateStore(Memory, string.Empty),
        ["sqlite" or "postgres" or "redis", { } place] parts when !string.IsNullOrWhiteSpace(place) => new StateStore(parts[0], place),
        [{ } kind, ..] => throw new UsageException($"--state `{kind}` is no store; there are `memory`, `sqlite:FILE`, `postgres:CONNECTION` and `redis:CONNECTION`"),
        _ => throw new UsageException("--state names no store"),
    };

    public void AddTo(ToolPolicyBuilder builder)
    {
        try
        {
            _ = Kind switch
            {
                "sqlite" => builder.UseSqlite(_place),
                "postgres" => builder.UsePostgres(_place),
                "redis" => builder.UseRedis(_place),
                _ => builder,
            };
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--state `{Kind}`: {e.Message}");
        }
    }
}
