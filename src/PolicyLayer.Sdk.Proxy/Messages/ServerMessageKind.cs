namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>What a message of the server is.</summary>
internal enum ServerMessageKind
{
    /// <summary>It could be read in more than one way, or not at all: the client never sees it.</summary>
    Unreadable,

    /// <summary>A request or a notification of the server's own: its bytes go on as they are.</summary>
    Passed,

    /// <summary>The acknowledgement of a subscription to changes of the list of tools: its bytes go on as they are.</summary>
    Subscribed,

    /// <summary>The answer to a request.</summary>
    Answer,
}
