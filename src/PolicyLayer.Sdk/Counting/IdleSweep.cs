namespace PolicyLayer.Sdk.Counting;

/// <summary>Finds counters that would count the same if made anew: a hand goes round all of them, a few steps for each one that is added.</summary>
/// <remarks>Not safe for concurrent use: whoever holds the store's lock for additions uses it. So many steps and no more, for a caller who makes up new keys must not make each of them cost a look at every counter.</remarks>
internal sealed class IdleSweep
{
    /// <summary>Steps for an addition while there is room: idle counters are then at most about a third of those that count.</summary>
    public const int StepsWithRoom = 4;

    /// <summary>Steps for an addition where there is none. One that finds nothing idle is refused, and the next goes on from there.</summary>
    public const int StepsAtBound = 128;

    /// <summary>The counter before the one that is next; the ring is closed, so it leads to all of them.</summary>
    private MemoryCounter? _before;

    public int Count { get; private set; }

    /// <summary>How many counters were looked at so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Takes a counter in, to be looked at after all others.</summary>
    public void Add(MemoryCounter counter)
    {
        counter.Next = _before?.Next ?? counter;
        if (_before is not null)
        {
            _before.Next = counter;
        }

        _before = counter;
        Count++;
    }

    /// <summary>Looks at the next counter, and retires it when it is idle.</summary>
    /// <returns>The retired counter, which is no longer here; null when it still counts, or there is none.</returns>
    public MemoryCounter? Step(in CounterTime now)
    {
        if (_before?.Next is not { } counter)
        {
            return null;
        }

        Steps++;
        if (!TryRetire(counter, now))
        {
            _before = counter;
            return null;
        }

        _before.Next = counter.Next;
        counter.Next = null;
        if (--Count == 0)
        {
            _before = null;
        }

        return counter;
    }

    private static bool TryRetire(MemoryCounter counter, in CounterTime now)
    {
        if (counter.IsNew)
        {
            return false;
        }

        lock (counter)
        {
            counter.State.Advance(now);
            return counter.IsRetired = counter.State.IsIdle;
        }
    }
}
