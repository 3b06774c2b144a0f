using PolicyLayer.Sdk;

namespace PolicyLayer.Cli;

/// <summary>Where a command keeps counters, and calls that wait for approval: what <c>--state</c> says.</summary>
internal sealed class StateStore
{
    public const string Memory = "memory";

    private readonly string _place;

    private StateStore(string kind, string place) => (Kind, _place) = (kind, place);

    /// <summary>Which store, without where it is, for that may hold a password.</summary>
    public string Kind { get; }

    /// <summary>Whether it counts by its own clock, so that no replay can use it.</summary>
    public bool IsServer => Kind is "postgres" or "redis";

    /// <summary>Whether approvals can wait in it: in memory nobody could answer them.</summary>
    public bool KeepsApprovals => Kind != Memory;

    /// <exception cref="UsageException">It names no store.</exception>
    public static StateStore Parse(string state) => state.Split(':', 2) switch
    {
        [Memory] => new StateStore(Memory, string.Empty),
        ["sqlite" or "postgres" or "redis", { } place] parts when !string.IsNullOrWhiteSpace(place) => new StateStore(parts[0], place),
        [{ } kind, ..] => throw new UsageException($"--state `{kind}` is no store; there are `memory`, `sqlite:FILE`, `postgres:CONNECTION` and `redis:CONNECTION`"),
        _ => throw new UsageException("--state names no store"),
    };

    public void AddTo(ToolPolicyBuilder builder) => Use(() => Kind switch
    {
        "sqlite" => builder.UseSqlite(_place),
        "postgres" => builder.UsePostgres(_place),
        "redis" => builder.UseRedis(_place),
        _ => builder,
    });

    /// <summary>Lets calls wait in it for approval; in memory none does.</summary>
    public void AddApprovalsTo(ToolPolicyBuilder builder) => Use(() => Kind switch
    {
        "sqlite" => builder.UseSqliteApprovals(_place),
        "postgres" => builder.UsePostgresApprovals(_place),
        "redis" => builder.UseRedisApprovals(_place),
        _ => builder,
    });

    /// <summary>The approvals in it, for who answers them; the caller disposes what can be disposed.</summary>
    /// <exception cref="UsageException">There is no such file, or no such text of a connection.</exception>
    public IApprovalStore OpenApprovals() => Use<IApprovalStore>(() => Kind switch
    {
        // Opened, it would be made, and a slip in its name would show that nothing waits.
        "sqlite" => File.Exists(_place) ? new SqliteApprovalStore(_place) : throw new UsageException($"--state `sqlite`: there is no file `{_place}`; the proxy or the host whose calls wait makes it"),
        "postgres" => new PostgresApprovalStore(_place),
        "redis" => new RedisApprovalStore(_place),
        _ => throw new UsageException($"--state `{Kind}` keeps no approvals"),
    });

    private T Use<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--state `{Kind}`: {e.Message}");
        }
    }
}
