namespace PolicyLayer.Sdk.Approvals;

/// <summary>The calls of this host that are held for an answer. Of those that are the same the one that came last is to get it: the clients of earlier ones may have gone without a word.</summary>
internal sealed class HeldCalls
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HeldCall> _last = new(StringComparer.Ordinal);

    /// <summary>Takes a call in, which leaves when it is disposed.</summary>
    public HeldCall Enter(string fingerprint)
    {
        var call = new HeldCall(this, fingerprint);
        lock (_lock)
        {
            if (_last.TryGetValue(fingerprint, out HeldCall? earlier))
            {
                earlier.IsDisplaced = true;
            }

            _last[fingerprint] = call;
        }

        return call;
    }

    /// <summary>Whether one of such calls is there that no other has displaced.</summary>
    public bool HasLast(string fingerprint)
    {
        lock (_lock)
        {
            return _last.ContainsKey(fingerprint);
        }
    }

    public void Leave(HeldCall call)
    {
        lock (_lock)
        {
            if (_last.TryGetValue(call.Fingerprint, out HeldCall? last) && ReferenceEquals(last, call))
            {
                _last.Remove(call.Fingerprint);
            }
        }
    }
}
