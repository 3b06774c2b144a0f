namespace PolicyLayer.Sdk.Auditing;

/// <summary>Checks the trail that <see cref="ToolPolicyBuilder.AddAuditFile(string)"/> writes.</summary>
internal static class AuditTrail
{
    /// <summary>So many problems are listed at most.</summary>
    public const int MaxProblems = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>The same of a file that can be read again: once more, where a process may just have started to write it.</summary>
    /// <param name="open">Opens the file; what it throws comes out.</param>
    /// <param name="key">The key.</param>
    /// <param name="checkpoint">A line that the trail must have; null for none.</param>
    /// <param name="time">The clock by which such a process is given half a second.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<AuditTrailReport> VerifyAsync(Func<Stream> open, ReadOnlyMemory<byte> key, AuditCheckpoint? checkpoint, TimeProvider time, CancellationToken cancellationToken)
    {
        AuditTrailReport report = Verify();
        if (!report.MayBeUnderWay)
        {
            return report;
        }

        await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        return Verify();

        AuditTrailReport Verify()
        {
            using Stream trail = open();
            return AuditTrail.Verify(trail, key, checkpoint, cancellationToken);
        }
    }

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
