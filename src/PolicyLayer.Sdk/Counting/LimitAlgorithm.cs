namespace PolicyLayer.Sdk;

/// <summary>How a limit counts (policy format, section 5).</summary>
public enum LimitAlgorithm
{
    /// <summary>In no span of the window's length is more admitted than the maximum.</summary>
    Sliding = 0,

    /// <summary>Calendar windows in UTC.</summary>
    Fixed,

    /// <summary>A bucket that starts full and refills evenly.</summary>
    TokenBucket,

    /// <summary>Calls that run at the same time.</summary>
    Concurrent,
}
