namespace PolicyLayer.Sdk.Approvals;

/// <summary>What every store of approvals keeps at most.</summary>
internal static class ApprovalBounds
{
    /// <summary>So many calls wait, or were answered and have not expired.</summary>
    public const int MostKept = 1_000;

    /// <summary>So many characters of arguments a person can be asked to read.</summary>
    public const int LongestArguments = 65_536;

    /// <summary>The store holds as many as it may.</summary>
    public static CounterStoreException Full() => new($"{MostKept} calls wait for approval already, or were answered and have not expired") { IsFull = true };
}
