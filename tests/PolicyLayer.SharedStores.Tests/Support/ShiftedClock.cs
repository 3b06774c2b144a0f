namespace PolicyLayer.SharedStores.Tests.Support;

/// <summary>The system's clock, wrong by a span.</summary>
internal sealed class ShiftedClock(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
}
