namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>What becomes of a message of the client.</summary>
internal enum ClientMessageKind
{
    /// <summary>It could be read in more than one way, or not at all: the server never sees it.</summary>
    Refused,

    /// <summary>A notification or an answer, with nothing to judge: its bytes go on as they are.</summary>
    Passed,

    /// <summary>A request with nothing to judge: its bytes go on, and an answer is awaited.</summary>
    Request,

    /// <summary>The request that opens a session, whose answer says what the server can do.</summary>
    Initialize,

    /// <summary>A question for the list of tools, whose answer is pruned.</summary>
    Listing,

    /// <summary>A call to judge.</summary>
    Call,

    /// <summary>The notification that a request was cancelled.</summary>
    Cancellation,
}
