namespace PolicyLayer.Sdk.Proxy.Http.Events;

/// <summary>What a part of an event is.</summary>
internal enum EventPartKind
{
    /// <summary>What nobody knows how to read on.</summary>
    Unreadable,

    /// <summary>More of the line of the message that was begun.</summary>
    Data,

    /// <summary>The message's next line.</summary>
    NextData,

    /// <summary>Another field.</summary>
    Field,

    /// <summary>The end of the event.</summary>
    End,
}
