using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Sessions;

/// <summary>A request of the client that has no answer yet.</summary>
/// <param name="id">Its id.</param>
/// <param name="kind">What it asks for.</param>
internal sealed class OpenRequest(MessageId id, ClientMessageKind kind) : IDisposable
{
    private readonly CancellationTokenSource? _judging = kind == ClientMessageKind.Call ? new CancellationTokenSource() : null;
    private CallerJudge? _judge;
    private ToolDecision _decision;

    public MessageId Id { get; } = id;

    public ClientMessageKind Kind { get; } = kind;

    /// <summary>Whether the server may have seen it, so that an answer to it can be true.</summary>
    public bool IsSent { get; private set; } = kind != ClientMessageKind.Call;

    /// <summary>Whether it is a subscription to changes of the list of tools.</summary>
    public bool ListensToTools { get; private set; }

    /// <summary>The hidden tool of a call, and the unknown one that the server was asked for in its place; null of all others.</summary>
    public (string Hidden, string Name)? Replaced { get; private set; }

    /// <summary>Whether its answer can pass without being looked at as a whole.</summary>
    public bool CanPassInParts => Kind is ClientMessageKind.Call or ClientMessageKind.Request && Replaced is null;

    /// <summary>Cancelled when the client gives a call up that is still being judged.</summary>
    public CancellationToken Judging => _judging?.Token ?? CancellationToken.None;

    /// <summary>From here on the server may have the call.</summary>
    public void Send(CallerJudge judge, ToolDecision decision)
    {
        _judge = judge;
        _decision = decision;
        IsSent = true;
    }

    /// <summary>From here on the server may have a call of another tool in this one's place.</summary>
    /// <param name="hidden">The tool of this call.</param>
    /// <param name="name">The other tool.</param>
    public void Replace(string hidden, string name)
    {
        Replaced = (hidden, name);
        IsSent = true;
    }

    /// <summary>From here on its client waits for changes of the list of tools.</summary>
    public void Listen() => ListensToTools = true;

    /// <summary>Ends the judging.</summary>
    public void GiveUp() => _judging?.Cancel();

    /// <summary>Settles a call that the server had; nothing else has anything to settle.</summary>
    public ValueTask SettleAsync(ToolOutcome outcome) => _judge?.SettleAsync(_decision, outcome) ?? default;

    public void Dispose() => _judging?.Dispose();
}
