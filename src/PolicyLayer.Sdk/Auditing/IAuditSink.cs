namespace PolicyLayer.Sdk;

/// <summary>Where audit records go.</summary>
public interface IAuditSink
{
    /// <summary>Writes one record.</summary>
    /// <param name="record">The record; what it refers to is valid only until the task ends.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <remarks>
    /// Called from many threads at once. Let exceptions out: the guard decides what a lost record means,
    /// a logged error, or a denied call where <see cref="ToolPolicyOptions.RequireAudit"/> is set. A sink that took the record of
    /// such a call as allowed, while another did not, gets a second one with the same id: denied.
    /// </remarks>
    ValueTask WriteAsync(AuditRecord record, CancellationToken cancellationToken);
}
