namespace PolicyLayer.Sdk.Auditing;

/// <summary>What <see cref="AuditTrail.Verify"/> has found.</summary>
/// <param name="Lines">How many lines the trail has, torn ones among them.</param>
/// <param name="TornLines">How many of them a process did not finish that ended while it wrote. The chain goes on behind them: nothing that was recorded is missing.</param>
/// <param name="Last">The last line, to be remembered elsewhere; null where there is none.</param>
/// <param name="NeedsKey">Whether its first hash was made with a key and none was given: nothing can be said of it, and what <paramref name="Problems"/> has is that.</param>
/// <param name="Problems">What is wrong, in the order of the lines: at most <see cref="AuditTrail.MaxProblems"/>. Empty where every line is as it was written.</param>
internal sealed record AuditTrailReport(long Lines, long TornLines, AuditCheckpoint? Last, bool NeedsKey, IReadOnlyList<AuditTrailProblem> Problems)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsIntact => Problems.Count == 0;

    /// <summary>How many lines were written without the key that was given, and are those that the checkpoint covers.</summary>
    public long VouchedLines { get; init; }

    /// <summary>The line from which on nothing is wrong; null where the last one is, or what the checkpoint says shows all of the trail to be another.</summary>
    public long? IntactFrom { get; init; }

    /// <summary>Whether nothing is wrong but that the last line is ended and torn: it is so for a moment while a process starts, so the trail should be read once more.</summary>
    public bool MayBeUnderWay { get; init; }
}
