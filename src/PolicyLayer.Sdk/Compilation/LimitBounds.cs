namespace PolicyLayer.Sdk.Compilation;

/// <summary>How large limits may be.</summary>
internal static class LimitBounds
{
    /// <summary>The most that a token bucket holds, and refills in one window: exact arithmetic has to fit into 128 bits.</summary>
    public const decimal LargestBucket = 1_000_000_000_000m;

    /// <summary>The most calls at the same time that a limit can speak of.</summary>
    public const decimal MostConcurrent = 1_000_000m;
}
