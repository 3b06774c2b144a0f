using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Counting;

/// <summary>What an allowed call has reserved and not yet settled. Pooled: a version tells whether a decision still owns it.</summary>
internal sealed class PendingCall
{
    private static readonly PendingCall?[] Pool = new PendingCall?[64];

    private CounterDemand[] _demands = new CounterDemand[4];
    private int _count;
    private int _version;

    /// <summary>Changes whenever the call is settled or given up.</summary>
    public int Version => Volatile.Read(ref _version);

    public ReadOnlyMemory<CounterDemand> Demands => _demands.AsMemory(0, _count);

    /// <summary>The reservation's stamp.</summary>
    public CounterTime Stamp { get; set; }

    public static PendingCall Rent()
    {
        for (int i = 0; i < Pool.Length; i++)
        {
            if (Pool[i] is not null && Interlocked.Exchange(ref Pool[i], null) is { } pending)
            {
                return pending;
            }
        }

        return new PendingCall();
    }

    /// <summary>Adds what a limit asks. A counter that several limits share is charged once, by the largest amount and with the strictest refund.</summary>
    public void Add(in CounterKey key, CompiledLimit limit, int layer, decimal amount)
    {
        RefundRule refund = limit.Refund;
        bool charges = true;
        foreach (CounterDemand other in _demands.AsSpan(0, _count))
        {
            if (other.Key == key)
            {
                charges = false;
                amount = Math.Max(amount, other.Amount);
                refund = Settlement.Stricter(refund, other.Refund);
            }
        }

        for (int i = 0; !charges && i < _count; i++)
        {
            if (_demands[i].Key == key)
            {
                _demands[i] = _demands[i] with { Amount = amount, Refund = refund };
            }
        }

        if (_count == _demands.Length)
        {
            Array.Resize(ref _demands, _count * 2);
        }

        _demands[_count++] = new CounterDemand(key, limit, layer, amount, refund, charges);
    }

    /// <summary>Takes the right to settle; true for one caller only.</summary>
    public bool TryTake(int version) => Interlocked.CompareExchange(ref _version, version + 1, version) == version;

    /// <summary>Gives the object back. Only for whoever has taken it, or has never handed it out.</summary>
    public void Return()
    {
        Array.Clear(_demands, 0, _count);
        _count = 0;
        for (int i = 0; i < Pool.Length; i++)
        {
            if (Interlocked.CompareExchange(ref Pool[i], this, null) is null)
            {
                return;
            }
        }
    }
}
