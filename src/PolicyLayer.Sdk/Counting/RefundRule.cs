namespace PolicyLayer.Sdk.Counting;

/// <summary>When a limit gives back what a call took.</summary>
internal enum RefundRule
{
    NotRun = 0,
    OnError,
    Never,
}
