namespace PolicyLayer.Sdk;

/// <summary>A call that needs somebody's approval before it runs.</summary>
public readonly struct ApprovalRequest
{
    internal ApprovalRequest(in ToolCall call, string decisionId, string policyVersion, IReadOnlyList<string> rules, IReadOnlyList<string> reasons, TimeSpan expires)
    {
        Call = call;
        DecisionId = decisionId;
        PolicyVersion = policyVersion;
        Rules = rules;
        Reasons = reasons;
        Expires = expires;
    }

    /// <summary>The call; its arguments are valid until the answer is given.</summary>
    public ToolCall Call { get; }

    /// <summary>The decision that waits for the answer, as the audit will name it.</summary>
    public string DecisionId { get; }

    /// <summary>The name under which it waits in the host's <see cref="IApprovalStore"/>, so that people can answer there; a call that comes again while it waits has the same. Null where there is no store, or the arguments are too long for it.</summary>
    public string? ApprovalId { get; internal init; }

    /// <summary>The version of the policies that ask.</summary>
    public string PolicyVersion { get; }

    /// <summary>The rules that ask, in the order in which they are reported; at least one.</summary>
    public IReadOnlyList<string> Rules { get; }

    /// <summary>What the policies' authors say about it; may be empty.</summary>
    public IReadOnlyList<string> Reasons { get; }

    /// <summary>How long the answer may take: the shortest of the rules' times. Later answers do not count.</summary>
    public TimeSpan Expires { get; }
}
