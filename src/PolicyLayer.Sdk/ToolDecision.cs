using System.Text.Json;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Counting.Pending;
using PolicyLayer.Sdk.Decisions;

namespace PolicyLayer.Sdk;

/// <summary>What the guard answered to one call.</summary>
/// <remarks>The default value is a denial. Texts are built when they are read.</remarks>
public readonly struct ToolDecision
{
    internal ToolDecision(in ToolCall call, PolicySet? policies, DecisionReason reason, in DecisionTrace trace, Denial? denial, PendingCall? pending)
    {
        Call = call;
        Policies = policies;
        Reason = reason;
        Trace = trace;
        Denial = denial;
        Pending = pending;
        PendingVersion = pending?.Version ?? 0;
    }

    /// <summary>The call that was judged.</summary>
    public ToolCall Call { get; }

    /// <summary>Why.</summary>
    public DecisionReason Reason { get; }

    /// <summary>Whether the tool may run.</summary>
    public bool IsAllowed => Reason.IsAllowance();

    /// <summary>The reason's code in records and on the wire, such as <c>limit_exceeded</c>.</summary>
    public string ReasonCode => DecisionText.Code(Reason);

    /// <summary>The rule that spoke, as a JSON pointer into the policy or a name in brackets such as <c>(default deny)</c>; null when allowed.</summary>
    public string? Rule => IsAllowed ? null : Denial?.Rule.Id;

    /// <summary>What to tell the model: what was refused, why, and what it could do. Never the value of an argument. Empty when allowed.</summary>
    public string Message => IsAllowed ? string.Empty : DecisionText.Message(Call.Tool, Reason, Denial);

    /// <summary>How long to wait until this same call could pass, or null when waiting does not help.</summary>
    public TimeSpan? RetryAfter => Denial?.RetryAfter;

    /// <summary>The limit that refused the call, or null.</summary>
    public LimitStatus? Limit => Denial?.Limit;

    /// <summary>Which of the policies spoke, counted from 0; null when none did.</summary>
    public int? Layer => IsAllowed ? null : Denial?.Layer;

    /// <summary>The name under which the call waits, or waited, in the host's <see cref="IApprovalStore"/>: what a person answers to. Null when it was not put before people there.</summary>
    public string? ApprovalId => Denial?.Approval?.Id;

    /// <summary>The version of the policies that decided: <c>sha256:</c> and a hash of their text; null on a decision nobody made.</summary>
    public string? PolicyVersion => Policies?.Version;

    /// <summary>The decision's name in the audit: unique within the process's life and practically beyond; null on a decision nobody made.</summary>
    public string? Id => Trace.Id;

    /// <summary>Whether the caller must get the answer that the host gives for a tool which does not exist, instead of a refusal.</summary>
    /// <remarks>True for a hidden tool where the policies let a tool pass that does not exist, as under <c>default: allow</c>. Elsewhere such a tool is refused, so a hidden one is too: see <see cref="ForCaller"/>.</remarks>
    public bool AnswerAsUnknownTool => Reason == DecisionReason.Hidden && Denial?.SeenReason.IsAllowance() == true;

    internal PolicySet? Policies { get; }

    internal DecisionTrace Trace { get; }

    internal Denial? Denial { get; }

    internal PendingCall? Pending { get; }

    internal int PendingVersion { get; }

    /// <summary>The decision as the caller may see it: a hidden tool looks like one that does not exist.</summary>
    public ToolDecision ForCaller()
    {
        if (Reason != DecisionReason.Hidden || Policies is null)
        {
            return this;
        }

        return Denial?.Seen is { } seen
            ? new ToolDecision(Call, Policies, Denial.SeenReason, Trace, seen, null)
            : new ToolDecision(Call, Policies, DecisionReason.DefaultDeny, Trace, Denial.DefaultDeny, null);
    }

    /// <summary>Takes what was reserved for the call, to be given back as its limits say; false when the call was settled before.</summary>
    /// <param name="pending">What was reserved; null where nothing was.</param>
    internal bool TryTakePending(out PendingCall? pending)
    {
        pending = Pending;
        return pending is null || pending.TryTake(PendingVersion);
    }

    /// <summary>The decision as the JSON object that <see cref="WriteTo"/> writes.</summary>
    public JsonElement ToJsonElement() => WrittenJson.Of(WriteTo);

    /// <summary>Writes the decision as the JSON object that MCP clients and <c>policylayer eval</c> see.</summary>
    /// <param name="writer">Where to; not flushed.</param>
    public void WriteTo(Utf8JsonWriter writer) => DecisionWriter.Write(writer, this);
}
