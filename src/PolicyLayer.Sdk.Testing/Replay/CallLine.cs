using System.Text.Json;

namespace PolicyLayer.Sdk.Testing.Replay;

/// <summary>One call of the input.</summary>
internal sealed class CallLine
{
    public required string Tool { get; init; }

    public ToolArguments Arguments { get; init; }

    public Grant? Grant { get; init; }

    public string? Session { get; init; }

    public string? User { get; init; }

    public JsonElement Context { get; init; }

    public DateTimeOffset? At { get; init; }

    public ToolOutcome Outcome { get; init; } = ToolOutcome.Ok;

    public DateTimeOffset? EndsAt { get; init; }

    public ApprovalAnswer Approval { get; init; }

    /// <summary>Members that the decision must have, an object; undefined when nothing is expected.</summary>
    public JsonElement Expected { get; init; }
}
