namespace PolicyLayer.Sdk.Tests.Counting;

/// <summary>A clock whose reader is held up once, right after it has read the time of day.</summary>
internal sealed class InterruptedClock(TimeProvider inner) : TimeProvider
{
    /// <summary>What happens meanwhile.</summary>
    public Action? Meanwhile { get; set; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override DateTimeOffset GetUtcNow()
    {
        DateTimeOffset now = inner.GetUtcNow();
        Action? meanwhile = Meanwhile;
        Meanwhile = null;
        meanwhile?.Invoke();
        return now;
    }
}
