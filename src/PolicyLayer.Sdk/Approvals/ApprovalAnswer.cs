namespace PolicyLayer.Sdk;

/// <summary>What came of asking a person.</summary>
public enum ApprovalAnswer
{
    /// <summary>Nobody was asked, or nobody answers: the call is refused with <see cref="DecisionReason.ApprovalRequired"/>.</summary>
    NoAnswer = 0,

    /// <summary>The call may run, once.</summary>
    Approved,

    /// <summary>The call must not run.</summary>
    Denied,

    /// <summary>The answer came too late, or what was approved is no longer valid.</summary>
    Expired,
}
