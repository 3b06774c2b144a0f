namespace PolicyLayer.Sdk.Approvals;

/// <summary>One call that is held for an answer, until it is disposed.</summary>
internal sealed class HeldCall(HeldCalls all, string fingerprint) : IDisposable
{
    private volatile bool _isDisplaced;

    /// <summary>What makes calls the same.</summary>
    public string Fingerprint { get; } = fingerprint;

    /// <summary>Whether the same call has come again, and is to get the answer. It stays so.</summary>
    public bool IsDisplaced
    {
        get => _isDisplaced;
        set => _isDisplaced = value;
    }

    /// <summary>Whether the answer can still be this one's, or another such call waits for it.</summary>
    public bool IsOfUse => !IsDisplaced || all.HasLast(Fingerprint);

    public void Dispose() => all.Leave(this);
}
