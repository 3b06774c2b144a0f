using System.Buffers;
using System.Runtime.CompilerServices;

namespace PolicyLayer.Sdk.Counting.Memory;

/// <summary>Counters in memory, by the monotonic clock: setting the wall clock neither refills nor freezes a limit.</summary>
/// <remarks>A call holds the locks of all shards that its counters lie in, taken in their order, so that no two calls wait for each other.</remarks>
internal sealed class MemoryCounterStore : ICounterStore
{
    /// <summary>So many live counters at most; beyond them new ones are refused, for forgetting one would refill it.</summary>
    public const int DefaultMaxCounters = 1_000_000;

    /// <summary>So few are kept even when idle: to make one anew allocates.</summary>
    private const int KeptAnyway = 1024;

    private readonly int _maxCounters;
    private readonly CounterClock _clock;
    private readonly CounterShards _shards;
    private readonly CounterFinder _finder;
    private readonly FewLimits _fewLimits;

    public MemoryCounterStore(TimeProvider time, int maxCounters = DefaultMaxCounters)
    {
        _maxCounters = maxCounters;
        _clock = new CounterClock(time);
        _shards = new CounterShards(maxCounters);
        _finder = new CounterFinder(time.TimestampFrequency);
        _fewLimits = new FewLimits(_clock, _shards, _finder);
    }

    /// <summary>How many counters are alive.</summary>
    public int Count => _shards.Count;

    /// <summary>How many counters additions have looked at, to find idle ones.</summary>
    public long SweepSteps => _shards.Steps;

    public ValueTask<CounterReservation> ReserveAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) => Answer(demands, charge: true, cancellationToken);

    public ValueTask<CounterReservation> PeekAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) => Answer(demands, charge: false, cancellationToken);

    public ValueTask RefundAsync(CounterReservation reservation, ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken)
    {
        var stamp = new CounterTime(reservation.Stamp, reservation.UtcTicks);
        foreach (ref readonly CounterDemand demand in demands.Span)
        {
            int scopeHash = demand.Key.Scope.GetHashCode(StringComparison.Ordinal);
            CounterShard shard = _shards.Of(scopeHash);
            shard.Enter();
            try
            {
                _finder.Find(shard, demand, scopeHash)?.Refund(stamp, Millionths.Of(demand.Amount), demand.Limit);
            }
            finally
            {
                shard.Exit();
            }
        }

        return default;
    }

    private ValueTask<CounterReservation> Answer(ReadOnlyMemory<CounterDemand> demands, bool charge, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool isAnswered = demands.Length == 1
            ? _fewLimits.TryReserve(demands.Span[0], charge, out CounterReservation answer)
            : _fewLimits.TryReserve(demands.Span, charge, out answer);
        return isAnswered ? new(answer) : AnswerAny(demands, charge);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask<CounterReservation> AnswerAny(ReadOnlyMemory<CounterDemand> demands, bool charge)
    {
        if (demands.Length <= FoundCounters.Most)
        {
            var few = default(FoundCounters);
            return new(Reserve(demands.Span, few[..demands.Length], charge));
        }

        FoundCounter[] counters = ArrayPool<FoundCounter>.Shared.Rent(demands.Length);
        try
        {
            return new(Reserve(demands.Span, counters.AsSpan(0, demands.Length), charge));
        }
        finally
        {
            ArrayPool<FoundCounter>.Shared.Return(counters, clearArray: true);
        }
    }

    private CounterReservation Reserve(ReadOnlySpan<CounterDemand> demands, Span<FoundCounter> counters, bool charge)
    {
        ulong shards = CounterFinder.Hash(demands, counters);
        while (true)
        {
            CounterTime now = _clock.Now(demands);
            int missing;
            ulong held = 0;
            try
            {
                _shards.Enter(shards, ref held);
                now = _shards.Pass(shards, now);
                missing = _finder.Find(_shards, demands, counters);
                if (missing == 0)
                {
                    return AllOrNone.Reserve(demands, counters, now, charge);
                }

                if (_shards.TryTakePlaces(missing))
                {
                    // What is missing may have been forgotten after the clock was read, when its window ended: it is made anew for the window that has begun.
                    now = _shards.Pass(shards, _clock.Now(demands));
                    _finder.Add(_shards, demands, counters);
                    CounterReservation answer = AllOrNone.Reserve(demands, counters, now, charge);
                    SweepLocked(shards, missing);
                    return answer;
                }
            }
            finally
            {
                _shards.Exit(held);
            }

            if (!_shards.TryMakeRoom(missing, _clock.Now()))
            {
                throw CounterStoreException.Full();
            }
        }
    }

    /// <summary>For each new counter a few are looked at, so that idle ones do not pile up.</summary>
    private void SweepLocked(ulong shards, int added)
    {
        if (Count > Math.Min(KeptAnyway, _maxCounters))
        {
            _shards.Sweep(shards, _clock.Now(), added * CounterShards.StepsWithRoom);
        }
    }
}
