namespace PolicyLayer.Sdk;

/// <summary>What an audit record tells of.</summary>
public enum AuditKind
{
    /// <summary>A call was decided.</summary>
    Decision = 0,

    /// <summary>An allowed call was settled: what became of it.</summary>
    Outcome,

    /// <summary>Policies came into force.</summary>
    Policy,

    /// <summary>A person answered a call that waits in the host's <see cref="IApprovalStore"/>.</summary>
    Approval,
}
