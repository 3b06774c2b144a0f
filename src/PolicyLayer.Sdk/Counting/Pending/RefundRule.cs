namespace PolicyLayer.Sdk.Counting.Pending;

/// <summary>When a limit gives back what a call took.</summary>
internal enum RefundRule
{
    NotRun = 0,
    OnError,
    Never,
}
