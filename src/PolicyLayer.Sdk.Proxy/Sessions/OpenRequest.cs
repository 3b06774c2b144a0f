using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Sessions;

/// <summary>A request of the client that has no answer yet.</summary>
/// <param name="id">Its id.</param>
/// <param name="kind">What it asks for.</param>
internal sealed class OpenRequest(MessageId id, ClientMessageKind kind) : IDisposable
{
    private readonly CancellationTokenSource? _judging = kind == ClientMessageKind.Call ? new CancellationTokenSource() : null;
    private CallJudge? _judge;
    private ToolDecision _decision;

    public MessageId Id { get; } = id;

    public ClientMessageKind Kind { get; } = kind;

    /// <summary>Whether the server may have seen it, so that an answer to it can be true.</summary>
    public bool IsSent { get; private set; } = kind != ClientMessageKind.Call;

    /// <summary>Cancelled when the client gives a call up that is still being judged.</summary>
    public CancellationToken Judging => _judging?.Token ?? CancellationToken.None;

    /// <summary>From here on the server may have the call.</summary>
    public void Send(CallJudge judge, ToolDecision decision)
    {
        _judge = judge;
        _decision = decision;
        IsSent = true;
    }

    /// <summary>Ends the judging.</summary>
    public void GiveUp() => _judging?.Cancel();

    /// <summary>Settles a call that the server had; nothing else has anything to settle.</summary>
    public ValueTask SettleAsync(ToolOutcome outcome) => _judge?.SettleAsync(_decision, outcome) ?? default;

    public void Dispose() => _judging?.Dispose();
}
