namespace PolicyLayer.Sdk;

/// <summary>Why a call was decided as it was (policy format, section 4). Zero is a denial, so that a decision nobody made denies.</summary>
public enum DecisionReason
{
    /// <summary>Something went wrong while deciding.</summary>
    EvaluationError = 0,

    /// <summary>The arguments are not one well-formed JSON object.</summary>
    MalformedCall,

    /// <summary>The caller has no grant, or the grant no policy.</summary>
    NoPolicy,

    /// <summary>The tool is hidden; callers are told what they would be told of a tool that does not exist.</summary>
    Hidden,

    /// <summary>No entry names the tool and the policy's default is <c>deny</c>.</summary>
    DefaultDeny,

    /// <summary>An entry says <c>action: deny</c>.</summary>
    Denied,

    /// <summary>The arguments do not satisfy a schema.</summary>
    InvalidArguments,

    /// <summary>A <c>require</c> rule does not hold.</summary>
    RequireFailed,

    /// <summary>A <c>deny_if</c> rule matches.</summary>
    DenyIf,

    /// <summary>A condition could not be judged, because an argument has a type that its operator does not compare.</summary>
    UnknownCondition,

    /// <summary>The amount that a limit counts is absent, negative, no number, too fine or too large.</summary>
    InvalidAmount,

    /// <summary>A limit is spent.</summary>
    LimitExceeded,

    /// <summary>The call needs somebody's approval, and nobody answered.</summary>
    ApprovalRequired,

    /// <summary>The call needed somebody's approval, and it was refused.</summary>
    ApprovalDenied,

    /// <summary>The call needed somebody's approval, and it came too late.</summary>
    ApprovalExpired,

    /// <summary>The store of the counters did not answer.</summary>
    StoreUnavailable,

    /// <summary>The audit record could not be written, and the host asked that no call runs without one.</summary>
    AuditUnavailable,

    /// <summary>Allowed.</summary>
    Allowed,

    /// <summary>Allowed, because somebody approved it.</summary>
    Approved,

    /// <summary>Allowed although the store of the counters did not answer, because the host asked for that: see <see cref="ToolPolicyOptions.AllowWhenStoreUnavailable"/>. Its code is that of <see cref="StoreUnavailable"/>.</summary>
    AllowedUncounted,
}
