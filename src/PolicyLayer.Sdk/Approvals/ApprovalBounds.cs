namespace PolicyLayer.Sdk.Approvals;

/// <summary>What every store of approvals keeps at most.</summary>
internal static class ApprovalBounds
{
    /// <summary>So many calls wait, or were answered and have not expired.</summary>
    public const int MostKept = 1_000;

    /// <summary>So many calls of one grant wait: one that makes calls up must not take the others' room. Who denies some of them makes room.</summary>
    public const int MostWaiting = 100;

    /// <summary>So many characters of arguments a person can be asked to read.</summary>
    public const int LongestArguments = 65_536;

    /// <summary>Another call has the name already.</summary>
    public static CounterStoreException Taken(string id) => new($"another call waits under the name `{id}`");

    /// <summary>The store holds as many as it may, or as it may of the grant.</summary>
    public static CounterStoreException Full() => new($"{MostWaiting} calls of one grant wait for approval already, or {MostKept} of all wait or were answered and have not expired") { IsFull = true };
}
