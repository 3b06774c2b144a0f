using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Decisions;

/// <summary>What a denial knows beyond its reason. Made only when a call is denied, or has an approval.</summary>
internal sealed record Denial(RuleReference Rule)
{
    public static readonly Denial NoPolicy = new(new RuleReference("(no policy)"));
    public static readonly Denial Hidden = new(new RuleReference("(hidden)"));
    public static readonly Denial DefaultDeny = new(new RuleReference("(default deny)"));
    public static readonly Denial Error = new(new RuleReference("(error)"));

    /// <summary>Nobody could be asked for approval.</summary>
    public static readonly Denial NotAsked = Error with { Detail = "Nobody could be asked for approval" };

    private static readonly RuleReference MalformedRule = new("(malformed)");

    public int? Layer { get; init; }

    /// <summary>What exactly was wrong, for a model that can correct it.</summary>
    public string? Detail { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public LimitStatus? Limit { get; init; }

    /// <summary>Of a call that was put before people: what the store keeps of it. An allowance has it too.</summary>
    public StoredApproval? Approval { get; init; }

    /// <summary>Of a hidden tool: what its caller must see instead. <see cref="DecisionReason.Allowed"/>: the host's answer to an unknown tool.</summary>
    public DecisionReason SeenReason { get; init; }

    /// <summary>Of a hidden tool: the denial that its caller must see instead, or null.</summary>
    public Denial? Seen { get; init; }

    public static Denial Malformed(string problem) => new(MalformedRule) { Detail = problem };

    public Denial InLayer(int layer) => this with { Layer = layer };
}
