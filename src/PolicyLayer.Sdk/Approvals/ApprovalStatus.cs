namespace PolicyLayer.Sdk;

/// <summary>What has become of a call that was put before people.</summary>
public enum ApprovalStatus
{
    /// <summary>Nobody has answered yet.</summary>
    Pending = 0,

    /// <summary>It may run, once.</summary>
    Approved,

    /// <summary>It must not run. This is final until it expires.</summary>
    Denied,

    /// <summary>It was approved, and the approval is used up.</summary>
    Used,
}
