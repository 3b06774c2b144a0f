using System.Threading.RateLimiting;
using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Counting.Pending;

/// <summary>What an allowed call has reserved and not yet settled. Pooled: a version tells whether a decision still owns it.</summary>
internal sealed class PendingCall
{
    private static readonly PendingCall?[] Pool = new PendingCall?[64];

    private CounterDemand[] _demands = new CounterDemand[4];
    private PendingLimit[] _limits = new PendingLimit[4];
    private int _count;
    private int _version;

    /// <summary>Changes whenever the call is settled or given up.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>What a host's own limiters have given, until the call is settled.</summary>
    public List<RateLimitLease> Leases { get; } = [];

    /// <summary>What the store is asked.</summary>
    public ReadOnlyMemory<CounterDemand> Demands => _demands.AsMemory(0, _count);

    /// <summary>What the store answered, once it has.</summary>
    public CounterReservation Reservation { get; set; }

    /// <summary>The limit behind each demand.</summary>
    public ReadOnlySpan<PendingLimit> Limits => _limits.AsSpan(0, _count);

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

    /// <summary>The same in memory of its own, for a store may still read what it has not answered about.</summary>
    public PendingCall Copy()
    {
        PendingCall copy = Rent();
        if (copy._demands.Length < _count)
        {
            (copy._demands, copy._limits) = (new CounterDemand[_demands.Length], new PendingLimit[_limits.Length]);
        }

        Array.Copy(_demands, copy._demands, _count);
        Array.Copy(_limits, copy._limits, _count);
        copy._count = _count;
        return copy;
    }

    /// <summary>Adds what a limit asks. A counter that several limits share is charged once, by the largest amount and with the strictest refund.</summary>
    public void Add(in CounterKey key, CompiledLimit limit, int layer, decimal amount)
    {
        RefundRule refund = limit.Refund;
        bool charges = true;
        for (int i = 0; i < _count; i++)
        {
            if (_demands[i].Key == key)
            {
                charges = false;
                amount = Math.Max(amount, _demands[i].Amount);
                refund = Settlement.Stricter(refund, _limits[i].Refund);
            }
        }

        for (int i = 0; !charges && i < _count; i++)
        {
            if (_demands[i].Key == key)
            {
                _demands[i] = _demands[i] with { Amount = amount };
                _limits[i] = _limits[i] with { Refund = refund };
            }
        }

        if (_count == _demands.Length)
        {
            Array.Resize(ref _demands, _count * 2);
            Array.Resize(ref _limits, _count * 2);
        }

        _limits[_count] = new PendingLimit(limit, layer, refund);
        _demands[_count++] = new CounterDemand(key, limit.Rule, amount, charges);
    }

    /// <summary>Keeps, of what was reserved, only what is to be given back.</summary>
    /// <param name="outcome">What became of the call; null when it is not admitted after all, and everything goes back.</param>
    public void KeepRefunds(ToolOutcome? outcome)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (_demands[i].Charges && (outcome is not { } known || _demands[i].Limit.Algorithm == LimitAlgorithm.Concurrent || Settlement.IsDue(_limits[i].Refund, known)))
            {
                _demands[kept++] = _demands[i];
            }
        }

        Array.Clear(_demands, kept, _count - kept);
        Array.Clear(_limits, 0, _count);
        _count = kept;
    }

    /// <summary>Gives back to a host's own limiters what they can take back. One that throws keeps nothing of the others.</summary>
    public void DisposeLeases()
    {
        if (Leases.Count == 0)
        {
            return;
        }

        RateLimitLease lease = Leases[^1];
        Leases.RemoveAt(Leases.Count - 1);
        try
        {
            lease.Dispose();
        }
        finally
        {
            DisposeLeases();
        }
    }

    /// <summary>Takes the right to settle; true for one caller only.</summary>
    public bool TryTake(int version) => Interlocked.CompareExchange(ref _version, version + 1, version) == version;

    /// <summary>Gives the object back. Only for whoever has taken it, or has never handed it out.</summary>
    public void Return()
    {
        Array.Clear(_demands, 0, _count);
        Array.Clear(_limits, 0, _count);
        _count = 0;
        Reservation = default;
        for (int i = 0; i < Pool.Length; i++)
        {
            if (Interlocked.CompareExchange(ref Pool[i], this, null) is null)
            {
                return;
            }
        }
    }
}
