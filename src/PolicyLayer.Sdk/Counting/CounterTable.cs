namespace PolicyLayer.Sdk.Counting;

/// <summary>Counters by their keys, in one array: a slot is all that a counter costs beside itself. Anybody finds without a lock; whoever adds or sweeps holds the store's.</summary>
/// <remarks>A slot that held a counter is never empty again until the table is made anew, so whoever looks on meanwhile does not miss what lies behind it. A counter that was just added may be missed by one who looks without the lock.</remarks>
internal sealed class CounterTable
{
    /// <summary>Steps for an addition while there is room: idle counters are then at most about a third of those that count.</summary>
    public const int StepsWithRoom = 4;

    /// <summary>Steps for an addition where there is none. One that finds nothing idle is refused, and the next goes on from there.</summary>
    public const int StepsAtBound = 128;

    private const int SmallestSize = 2048;

    /// <summary>So many slots a step passes to find a counter: all of a small table, for there counters lie far apart; in a large one the next is near.</summary>
    private const int MostPassed = 2 * SmallestSize;

    /// <summary>Stands where a counter was.</summary>
    private static readonly CounterState Gone = new RunningCalls();

    private CounterState?[] _slots = new CounterState?[SmallestSize];

    /// <summary>Slots that are not empty.</summary>
    private int _used;

    private int _hand;

    public int Count { get; private set; }

    /// <summary>How many counters were looked at so far, to find idle ones.</summary>
    public long Steps { get; private set; }

    public CounterState? Find(in CounterKey key)
    {
        CounterState?[] slots = Volatile.Read(ref _slots);
        for (int i = Hash(key) & (slots.Length - 1); ; i = (i + 1) & (slots.Length - 1))
        {
            CounterState? counter = Volatile.Read(ref slots[i]);
            if (counter is null)
            {
                return null;
            }

            if (!ReferenceEquals(counter, Gone) && counter.Key == key)
            {
                return counter;
            }
        }
    }

    /// <summary>Takes in a counter whose key is not here.</summary>
    public void Add(CounterState counter)
    {
        if (_used >= _slots.Length / 4 * 3)
        {
            MakeAnew();
        }

        Count++;
        Put(_slots, counter);
    }

    /// <summary>Looks at the next counter, and retires it when it is idle: it would count the same if made anew.</summary>
    /// <remarks>So many steps and no more, for a caller who makes up new keys must not make each of them cost a look at every counter.</remarks>
    public void Sweep(in CounterTime now)
    {
        for (int passed = 0; passed < MostPassed; passed++)
        {
            _hand = (_hand + 1) & (_slots.Length - 1);
            if (_slots[_hand] is { } counter && !ReferenceEquals(counter, Gone))
            {
                Steps++;
                if (TryRetire(counter, now))
                {
                    Volatile.Write(ref _slots[_hand], Gone);
                    Count--;
                }

                return;
            }
        }
    }

    private static bool TryRetire(CounterState counter, in CounterTime now)
    {
        if (counter.IsNew)
        {
            return false;
        }

        lock (counter)
        {
            counter.Advance(now);
            return counter.IsRetired = counter.IsIdle;
        }
    }

    /// <summary>A policy's counters differ by their names, and one's by its scopes; what callers make up is hashed so that nobody can aim.</summary>
    private static int Hash(in CounterKey key) => (key.Scope.GetHashCode(StringComparison.Ordinal) * 31) + key.Counter.GetHashCode(StringComparison.Ordinal);

    private void MakeAnew()
    {
        var slots = new CounterState?[Math.Max(SmallestSize, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(Count + 1) * 2))];
        _used = 0;
        foreach (CounterState? counter in _slots)
        {
            if (counter is not null && !ReferenceEquals(counter, Gone))
            {
                Put(slots, counter);
            }
        }

        Volatile.Write(ref _slots, slots);
    }

    private void Put(CounterState?[] slots, CounterState counter)
    {
        int i = Hash(counter.Key) & (slots.Length - 1);
        while (slots[i] is { } taken && !ReferenceEquals(taken, Gone))
        {
            i = (i + 1) & (slots.Length - 1);
        }

        _used += slots[i] is null ? 1 : 0;
        Volatile.Write(ref slots[i], counter);
    }
}
