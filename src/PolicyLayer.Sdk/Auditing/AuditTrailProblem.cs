namespace PolicyLayer.Sdk.Auditing;

/// <summary>A place where an audit trail is not as it was written.</summary>
/// <param name="Line">The line of the file, from 1.</param>
/// <param name="Message">What is wrong there, a sentence without its full stop. It quotes nothing of the line but the number of its record.</param>
internal sealed record AuditTrailProblem(long Line, string Message);
