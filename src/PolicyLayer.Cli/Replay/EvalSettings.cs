using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Replay;

/// <summary>What was said of an evaluation.</summary>
internal sealed record EvalSettings
{
    /// <summary>The files of policies; every one must allow.</summary>
    public required string[] Policies { get; init; }

    /// <summary>The tool of the only call; null where there are <see cref="Calls"/>.</summary>
    public required string? Tool { get; init; }

    /// <summary>The arguments of the only call, as they were written; null for none.</summary>
    public required string? Arguments { get; init; }

    /// <summary>The file of calls; null where there is one <see cref="Tool"/>.</summary>
    public required string? Calls { get; init; }

    /// <summary>The file that lists the tools; null: there is none.</summary>
    public required string? Tools { get; init; }

    /// <summary>How far calls are held to what it lists.</summary>
    public required ToolSchemaEnforcement Schemas { get; init; }

    /// <summary>Where counters are kept.</summary>
    public required StateStore State { get; init; }

    /// <summary>Where the audit trail goes; null: nowhere.</summary>
    public required AuditFile? Trail { get; init; }

    /// <summary>Whose calls they are where a line does not say.</summary>
    public required Grant Caller { get; init; }

    /// <summary>Whether each check is shown.</summary>
    public required bool Explain { get; init; }

    /// <summary>Whether the values of arguments are shown with it.</summary>
    public required bool ShowValues { get; init; }

    /// <summary>Whether the output is for programs.</summary>
    public required bool Json { get; init; }

    /// <summary>Whether there are no colours.</summary>
    public required bool NoColor { get; init; }
}
