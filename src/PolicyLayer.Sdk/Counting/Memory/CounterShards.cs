using System.Numerics;
using System.Runtime.CompilerServices;

namespace PolicyLayer.Sdk.Counting.Memory;

/// <summary>All counters, spread over shards by the hashes of their scopes, and how many there may be.</summary>
internal sealed class CounterShards(int maxCounters)
{
    /// <summary>Steps for an addition while there is room: idle counters are then at most about a third of those that count.</summary>
    public const int StepsWithRoom = 4;

    /// <summary>Steps for an addition where there is none. One that finds nothing idle is refused, and the next goes on from there.</summary>
    public const int StepsAtBound = 128;

    private const int Shards = 64;

    private readonly CounterShard[] _shards = [.. Enumerable.Range(0, Shards).Select(static _ => new CounterShard())];
    private readonly Lock _makingRoom = new();
    private int _count;

    /// <summary>Where room was last made, and how many counters there have not been looked at yet.</summary>
    private int _hand;
    private int _left;

    public int Count => Volatile.Read(ref _count);

    public long Steps => _shards.Sum(static shard => shard.Steps);

    /// <summary>The shard of a scope in a set of shards.</summary>
    public static ulong Bit(int scopeHash) => 1UL << Index(scopeHash);

    public CounterShard Of(int scopeHash) => _shards[Index(scopeHash)];

    /// <summary>Takes the locks of a set of shards, always in the same order.</summary>
    /// <param name="shards">The set.</param>
    /// <param name="held">Those whose locks are held.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter(ulong shards, ref ulong held)
    {
        for (; shards != 0; shards &= shards - 1)
        {
            int index = BitOperations.TrailingZeroCount(shards);
            _shards[index].Enter();
            held |= 1UL << index;
        }
    }

    /// <summary>A moment as it counts in shards whose locks the caller holds: never before one that was before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CounterTime Pass(ulong shards, in CounterTime now)
    {
        long stamp = now.Monotonic;
        for (ulong left = shards; left != 0; left &= left - 1)
        {
            stamp = _shards[BitOperations.TrailingZeroCount(left)].Pass(stamp);
        }

        // The first shards have not seen yet what the last had.
        for (ulong left = shards; left != 0; left &= left - 1)
        {
            stamp = _shards[BitOperations.TrailingZeroCount(left)].Pass(stamp);
        }

        return now with { Monotonic = stamp };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit(ulong held)
    {
        for (; held != 0; held &= held - 1)
        {
            _shards[BitOperations.TrailingZeroCount(held)].Exit();
        }
    }

    /// <summary>Takes places for new counters, which the caller then adds; all or none.</summary>
    public bool TryTakePlaces(int count)
    {
        for (int taken = Count; taken <= maxCounters - count; taken = Count)
        {
            if (Interlocked.CompareExchange(ref _count, taken + count, taken) == taken)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes idle counters out of shards whose locks the caller holds.</summary>
    public void Sweep(ulong shards, in CounterTime now, int steps)
    {
        for (; shards != 0; shards &= shards - 1)
        {
            Sweep(_shards[BitOperations.TrailingZeroCount(shards)], now, steps);
        }
    }

    /// <summary>Takes idle counters out wherever they lie, and says whether there is room now. The caller holds no lock.</summary>
    /// <remarks>So many steps and no more, for a caller who makes up new keys must not make each of them cost a look at every counter.</remarks>
    public bool TryMakeRoom(int wanted, in CounterTime now)
    {
        lock (_makingRoom)
        {
            int steps = StepsAtBound;
            for (int passed = 0; passed <= Shards && steps > 0 && Count > maxCounters - wanted;)
            {
                if (_left == 0)
                {
                    passed++;
                    _hand = (_hand + 1) % Shards;
                    _left = _shards[_hand].Count;
                    continue;
                }

                // A stretch without counters costs a step, too.
                int looked = SweepNext(now, Math.Min(steps, _left));
                steps -= Math.Max(looked, 1);
            }

            return Count <= maxCounters - wanted;
        }
    }

    private static int Index(int scopeHash) => scopeHash >>> 26;

    /// <summary>Looks at some counters where room is being made.</summary>
    private int SweepNext(in CounterTime now, int steps)
    {
        CounterShard shard = _shards[_hand];
        shard.Enter();
        try
        {
            int looked = Sweep(shard, now, steps);
            _left = Math.Min(_left - looked, shard.Count);
            return looked;
        }
        finally
        {
            shard.Exit();
        }
    }

    private int Sweep(CounterShard shard, in CounterTime now, int steps)
    {
        int looked = shard.Sweep(now, steps, out int removed);
        Interlocked.Add(ref _count, -removed);
        return looked;
    }
}
