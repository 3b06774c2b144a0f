using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Replay;

/// <summary>Where a replay keeps its counters: <c>memory</c>, or <c>sqlite:FILE</c> to go on where an earlier one ended.</summary>
internal static class ReplayState
{
    private const string Sqlite = "sqlite:";

    /// <exception cref="UsageException">It names no store, or one that a replay cannot use.</exception>
    public static void Check(string state)
    {
        if (state.StartsWith("postgres:", StringComparison.Ordinal) || state.StartsWith("redis:", StringComparison.Ordinal))
        {
            throw new UsageException($"--state `{state[..state.IndexOf(':', StringComparison.Ordinal)]}`: calls are replayed by their own clock, and a shared server counts by its own; use `memory` or `sqlite:FILE`");
        }

        if (state != "memory" && !(state.StartsWith(Sqlite, StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(state[Sqlite.Length..])))
        {
            throw new UsageException($"--state `{state}` is no store; there are `memory` and `sqlite:FILE`");
        }
    }

    public static void AddTo(ToolPolicyBuilder builder, string state)
    {
        if (state.StartsWith(Sqlite, StringComparison.Ordinal))
        {
            builder.UseSqlite(state[Sqlite.Length..]);
        }
    }
}
