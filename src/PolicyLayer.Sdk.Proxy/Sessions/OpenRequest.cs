using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Sessions;

/// <summary>A request of the client that has no answer yet.</summary>
/// <param name="id">Its id.</param>
/// <param name="kind">What it asks for.</param>
internal sealed class OpenRequest(MessageId id, ClientMessageKind kind) : IDisposable
{
    private CancellationTokenSource? _judging;

    public MessageId Id { get; } = id;

    public ClientMessageKind Kind { get; } = kind;

    /// <summary>What was decided of a call that the server has; null of everything else.</summary>
    public ToolDecision? Decision { get; private set; }

    /// <summary>Whether the server may have seen it, so that an answer to it can be true.</summary>
    public bool IsSent { get; private set; } = kind != ClientMessageKind.Call;

    /// <summary>Cancelled when the client gives a call up that is still being judged.</summary>
    public CancellationToken Judging => (_judging ??= new CancellationTokenSource()).Token;

    public void Send(ToolDecision decision)
    {
        Decision = decision;
        IsSent = true;
    }

    public void GiveUp() => _judging?.Cancel();

    public void Dispose() => _judging?.Dispose();
}
