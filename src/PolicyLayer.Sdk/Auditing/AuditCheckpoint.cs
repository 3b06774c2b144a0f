namespace PolicyLayer.Sdk.Auditing;

/// <summary>A line of an audit trail that somebody remembers elsewhere: a trail that no longer has it was cut off, or written anew.</summary>
/// <param name="Sequence">Its number, from 1.</param>
/// <param name="Hash">Its hash, as the line has it.</param>
internal sealed record AuditCheckpoint(long Sequence, string Hash);
