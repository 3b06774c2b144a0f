namespace PolicyLayer.Sdk.Counting.Timeouts;

/// <summary>What becomes of a call whose counters do not answer.</summary>
/// <param name="Timeout">How long an answer may take.</param>
/// <param name="AllowsUncounted">Whether the call is then allowed.</param>
internal sealed record StoreRules(TimeSpan Timeout, bool AllowsUncounted)
{
    public static readonly StoreRules Default = new(TimeSpan.FromSeconds(1), AllowsUncounted: false);
}
