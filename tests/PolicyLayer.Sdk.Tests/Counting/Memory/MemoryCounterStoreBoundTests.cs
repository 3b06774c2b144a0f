using System.Globalization;
using PolicyLayer.Sdk.Counting.Memory;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Counting.Memory;

/// <summary>The store where it holds as many counters as it may.</summary>
public sealed class MemoryCounterStoreBoundTests
{
    private readonly ManualTimeProvider _time = new();

    // The second new counter pushed the first one out, which was still unused, and the other way round, for ever.
    [Fact]
    public void Reserve_of_two_new_counters_with_room_for_one_denies_and_leaves_the_room()
    {
        var store = new MemoryCounterStore(_time, maxCounters: 10);
        CounterLimit limit = Demands.Limit(1);
        Fill(store, 9, limit);
        Assert.True(Assert.Throws<CounterStoreException>(() => store.Reserve(Demands.Of("a", limit), Demands.Of("b", limit))).IsFull);
        Assert.True(store.Reserve(Demands.Of("c", limit)).IsReserved, "what was made for the denied call gives way");
        Assert.False(store.Reserve(Demands.Of("0", limit)).IsReserved, "what counts does not");
    }

    // Where counters lie far apart a few steps could end before they had met each of them.
    [Fact]
    public void Reserve_at_a_small_bound_finds_the_idle_counter_at_once_wherever_it_lies()
    {
        for (int i = 0; i < 300; i++)
        {
            var store = new MemoryCounterStore(_time, maxCounters: 10);
            CounterLimit limit = Demands.Limit(1);
            Fill(store, 9, limit);
            CounterReservation given = store.Reserve(Demands.Of($"given back {i}", limit));
            store.Refund(Demands.Of($"given back {i}", limit), given);
            Assert.True(TryReserve(store, Demands.Of($"new {i}", limit)));
        }
    }

    [Fact]
    public void Reserve_denied_for_want_of_room_leaves_nothing_behind()
    {
        var store = new MemoryCounterStore(_time, maxCounters: 10);
        CounterLimit limit = Demands.Limit(1);
        Fill(store, 8, limit);
        for (int i = 0; i < 100; i++)
        {
            CounterDemand[] three = [.. Enumerable.Range(0, 3).Select(j => Demands.Of($"new {i} {j}", limit))];
            Assert.True(Assert.Throws<CounterStoreException>(() => store.Reserve(three)).IsFull);
        }

        Assert.True(store.Reserve(Demands.Of("a", limit), Demands.Of("b", limit)).IsReserved);
    }

    // Each refused key used to cost a look at every counter.
    [Fact]
    public void Reserve_flood_of_new_keys_at_the_bound_costs_each_a_bounded_look()
    {
        const int Flood = 10_000;
        var store = new MemoryCounterStore(_time, maxCounters: 5000);
        CounterLimit limit = Demands.Limit(1);
        Fill(store, 5000, limit);
        long before = store.SweepSteps;
        for (int i = 0; i < Flood; i++)
        {
            Assert.True(Assert.Throws<CounterStoreException>(() => store.Reserve(Demands.Of("new" + Text(i), limit))).IsFull);
        }

        Assert.InRange(store.SweepSteps - before, 1, Flood * CounterShards.StepsAtBound);
        Assert.Equal(5000, store.Count);
        Assert.All(Enumerable.Range(0, 5000), i => Assert.False(store.Reserve(Demands.Of(Text(i), limit)).IsReserved, "none was forgotten"));
    }

    [Fact]
    public void Reserve_at_the_bound_finds_the_only_idle_counter_within_one_round()
    {
        const int Bound = 5000;
        var store = new MemoryCounterStore(_time, maxCounters: Bound);
        CounterLimit hour = Demands.Limit(1, seconds: 3600);
        Fill(store, Bound - 1, hour);
        Assert.True(store.Reserve(Demands.Of("short", Demands.Limit(1, seconds: 1))).IsReserved);
        _time.Advance(TimeSpan.FromSeconds(1));
        int refused = 0;
        while (!TryReserve(store, Demands.Of("new", hour)))
        {
            refused++;
        }

        Assert.InRange(refused, 0, Bound / CounterShards.StepsAtBound);
        Assert.False(TryReserve(store, Demands.Of("newer", hour)));
    }

    // A call reads only the clocks that its own limits count by.
    [Theory]
    [InlineData(LimitAlgorithm.Fixed)]
    [InlineData(LimitAlgorithm.Sliding)]
    public void Reserve_at_the_bound_finds_idle_counters_of_every_kind(LimitAlgorithm kind)
    {
        var store = new MemoryCounterStore(_time, maxCounters: 12);
        foreach (LimitAlgorithm one in Enum.GetValues<LimitAlgorithm>())
        {
            for (int i = 0; i < 3; i++)
            {
                CounterDemand demand = Demands.Of($"{one} {i}", CounterLimit.Create(one, 1, TimeSpan.FromSeconds(1)));
                CounterReservation reservation = store.Reserve(demand);
                if (one == LimitAlgorithm.Concurrent)
                {
                    store.Refund(demand, reservation);
                }
            }
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.All(Enumerable.Range(0, 12), i => Assert.True(TryReserve(store, Demands.Of(Text(i), CounterLimit.Create(kind, 1, TimeSpan.FromSeconds(1))))));
        Assert.False(TryReserve(store, Demands.Of("one more", Demands.Limit(1))));
    }

    // What was forgotten as of a moment must not count as if it were still to come: a call may have read the clock before the sweep did.
    [Fact]
    public void Reserve_after_a_sweep_is_stamped_no_earlier_than_the_sweep()
    {
        var store = new MemoryCounterStore(_time, maxCounters: 2);
        CounterLimit hour = Demands.Limit(1, seconds: 3600);
        CounterDemand swept = Demands.Of("c", Demands.Limit(1, seconds: 10), scope: "swept");
        Assert.True(store.Reserve(swept).IsReserved);
        Assert.True(store.Reserve(Demands.Of("c", hour, scope: "stays")).IsReserved);
        _time.Advance(TimeSpan.FromSeconds(10));
        long sweep = _time.GetTimestamp();
        CounterDemand other = Demands.Of("c", hour, scope: "other");
        store.Refund(other, store.Reserve(other));
        _time.AdvanceTicks(-TimeSpan.TicksPerSecond);
        Assert.InRange(store.Reserve(swept).Stamp, sweep, long.MaxValue);
    }

    // A call that had read the clock in one window, and came to its counter when that was forgotten in the next, was counted in the first one, which then held one too many.
    [Fact]
    public void Reserve_whose_window_ended_while_it_waited_counts_in_the_next()
    {
        var clock = new InterruptedClock(_time);
        var store = new MemoryCounterStore(clock, maxCounters: 3);
        CounterLimit minute = CounterLimit.Create(LimitAlgorithm.Fixed, 1, TimeSpan.FromMinutes(1));
        CounterDemand demand = Demands.Of("c", minute);
        Assert.All([demand, Demands.Of("leaves too", minute), Demands.Of("stays", Demands.Limit(1, seconds: 3600))], each => Assert.True(store.Reserve(each).IsReserved));
        clock.Meanwhile = () =>
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.True(store.Reserve(Demands.Of("pushes both out", minute)).IsReserved);
        };
        Assert.True(store.Reserve(demand).IsReserved);
        Assert.False(store.Reserve(demand).IsReserved);
    }

    // With room, idle counters go as fast as new ones come, and no single call pays for all of them.
    [Fact]
    public void Reserve_of_ever_new_keys_keeps_little_more_than_what_counts()
    {
        const int PerSecond = 6000;
        var store = new MemoryCounterStore(_time);
        CounterLimit limit = Demands.Limit(1, seconds: 1);
        int most = 0;
        for (int i = 0; i < 20 * PerSecond; i++)
        {
            long before = store.SweepSteps;
            Assert.True(store.Reserve(Demands.Of(Text(i), limit)).IsReserved);
            Assert.InRange(store.SweepSteps - before, 0, CounterShards.StepsWithRoom);
            _time.AdvanceTicks(TimeSpan.TicksPerSecond / PerSecond);
            most = Math.Max(most, store.Count);
        }

        Assert.InRange(most, PerSecond, PerSecond * 3 / 2);
    }

    [Fact]
    public void Reserve_of_two_new_counters_each_from_many_threads_at_the_bound_always_answers()
    {
        var store = new MemoryCounterStore(_time, maxCounters: 20);
        CounterLimit limit = Demands.Limit(1);
        int admitted = 0;
        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            CounterDemand[] demands = [.. Enumerable.Range(0, 1 + (i % 4)).Select(j => Demands.Of(Text(i) + "," + Text(j), limit))];
            Interlocked.Add(ref admitted, TryReserve(store, demands) ? demands.Length : 0);
        });
        Assert.InRange(admitted, 1, 20);
        Assert.InRange(store.Count, admitted, 20);
    }

    private static bool TryReserve(MemoryCounterStore store, params CounterDemand[] demands)
    {
        try
        {
            return store.Reserve(demands).IsReserved;
        }
        catch (CounterStoreException)
        {
            return false;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Fill(MemoryCounterStore store, int count, CounterLimit limit)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.True(store.Reserve(Demands.Of(Text(i), limit)).IsReserved);
        }
    }
}
