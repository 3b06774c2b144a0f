namespace PolicyLayer.Sdk.Auditing;

/// <summary>Checks the trail that <see cref="ToolPolicyBuilder.AddAuditFile(string)"/> writes.</summary>
internal static class AuditTrail
{
    /// <summary>So many problems are listed at most.</summary>
    public const int MaxProblems = 100;

    /// <summary>Finds lines that were changed, taken out, put in or moved since they were written.</summary>
    /// <param name="trail">The file's text, from its beginning. It is read to its end and not closed; a process may be writing it meanwhile.</param>
    /// <param name="key">The key that the trail is written with; empty for none. Without one, who can write the file can also write it anew as a whole: a checkpoint kept elsewhere shows that.</param>
    /// <param name="checkpoint">A line that the trail must have; null for none. Only one that is kept elsewhere shows that lines were cut off at the end.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static AuditTrailReport Verify(Stream trail, ReadOnlyMemory<byte> key = default, AuditCheckpoint? checkpoint = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trail);
        var verifier = new AuditTrailVerifier(key, checkpoint);
        foreach (AuditTrailLine line in AuditTrailLine.ReadAll(trail))
        {
            cancellationToken.ThrowIfCancellationRequested();
            verifier.Add(line);
        }

        return verifier.Complete();
    }
}
