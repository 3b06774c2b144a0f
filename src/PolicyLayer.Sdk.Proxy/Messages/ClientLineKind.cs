namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>What becomes of a line of the client.</summary>
internal enum ClientLineKind
{
    /// <summary>It could be read in more than one way, or not at all: the server never sees it.</summary>
    Refused,

    /// <summary>Nothing to judge: its bytes go on as they are.</summary>
    Passed,

    /// <summary>A call to judge.</summary>
    Call,

    /// <summary>A question for the list of tools, whose answer is pruned.</summary>
    Listing,
}
