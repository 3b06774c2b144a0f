using PolicyLayer.Sdk.Counting.Counters;

namespace PolicyLayer.Sdk.Counting.Memory;

/// <summary>Some of the counters, by their keys. Whoever uses it holds its lock.</summary>
internal sealed class CounterShard
{
    private const int SmallestSize = 16;

    /// <summary>So many places a sweep passes at most, where counters lie far apart.</summary>
    private const int MostPassed = 64;

    /// <summary>Up to so many places half of them stay free, for to pass by another counter is a look at a place far away. Beyond, what they take would tell.</summary>
    private const int FewPlaces = 1024;

    /// <summary>Each place holds a chain of counters; there are at least as many places as counters.</summary>
    private CounterState?[] _places = new CounterState?[SmallestSize];

    /// <summary>The place that a sweep is at, and how many there it has not looked at yet.</summary>
    private int _hand;
    private int _left;

    private BriefLock _lock;

    /// <summary>The last moment of anything here; a clock that runs backwards does not go behind it.</summary>
    private long _lastStamp = long.MinValue;

    public int Count { get; private set; }

    /// <summary>How many counters were looked at so far, to find idle ones.</summary>
    public long Steps { get; private set; }

    /// <summary>How many counters there are places for.</summary>
    private int Most => _places.Length <= FewPlaces ? _places.Length / 2 : _places.Length;

    /// <summary>Takes the lock; whoever has it already must not.</summary>
    public void Enter() => _lock.Enter();

    public void Exit() => _lock.Exit();

    public CounterState? Find(CounterKind kind, string scope, int hash)
    {
        CounterState? counter = _places[hash & (_places.Length - 1)];
        while (counter is not null && (counter.Hash != hash || !counter.IsOf(kind, scope)))
        {
            counter = counter.Next;
        }

        return counter;
    }

    /// <summary>A moment as it counts here: never before one that was before. Whoever asks holds the lock.</summary>
    public long Pass(long stamp) => _lastStamp = Math.Max(_lastStamp, stamp);

    /// <summary>Takes in a counter whose key is not here.</summary>
    public CounterState Add(CounterState counter)
    {
        if (Count == Most)
        {
            Grow();
        }

        Count++;
        Put(_places, counter);
        return counter;
    }

    /// <summary>Looks at the next counters in turn, and takes out those that are idle: they would count the same if made anew.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="most">At how many to look.</param>
    /// <param name="removed">How many were idle.</param>
    /// <returns>At how many it looked.</returns>
    public int Sweep(in CounterTime now, int most, out int removed)
    {
        int looked = 0;
        removed = 0;

        // Who waits for the lock has read the clock before, and must not count what leaves now as still to come.
        Pass(now.Monotonic);
        for (int passed = 0; passed < MostPassed && looked < most; passed++)
        {
            if (_left == 0)
            {
                _hand = (_hand + 1) & (_places.Length - 1);
                _left = LengthOf(_places[_hand]);
            }

            int count = Math.Min(_left, most - looked);
            SweepPlace(ref _places[_hand], count, now, ref removed);
            _left -= count;
            looked += count;
        }

        Count -= removed;
        Steps += looked;
        return looked;
    }

    private static int LengthOf(CounterState? place)
    {
        int length = 0;
        for (CounterState? counter = place; counter is not null; counter = counter.Next)
        {
            length++;
        }

        return length;
    }

    /// <summary>Looks at the first counters of a place; those that stay go behind the others.</summary>
    private static void SweepPlace(ref CounterState? place, int count, in CounterTime now, ref int removed)
    {
        CounterState? kept = null;
        CounterState? counter = place;
        for (int i = 0; i < count; i++)
        {
            CounterState? next = counter!.Next;
            counter.Advance(now);
            if (counter.IsIdle)
            {
                removed++;
            }
            else
            {
                (counter.Next, kept) = (kept, counter);
            }

            counter = next;
        }

        if (counter is null)
        {
            place = kept;
            return;
        }

        place = counter;
        while (counter.Next is { } next)
        {
            counter = next;
        }

        counter.Next = kept;
    }

    private static void Put(CounterState?[] places, CounterState counter)
    {
        ref CounterState? place = ref places[counter.Hash & (places.Length - 1)];
        (counter.Next, place) = (place, counter);
    }

    private void Grow()
    {
        var places = new CounterState?[_places.Length * 2];
        foreach (CounterState? first in _places)
        {
            for (CounterState? counter = first; counter is not null;)
            {
                CounterState? next = counter.Next;
                Put(places, counter);
                counter = next;
            }
        }

        _places = places;
        _left = 0;
    }
}
