using PolicyLayer.Sdk.Counting.Memory;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Counting.Counters;

/// <summary>The store against a list of admissions, over random spans of a virtual clock.</summary>
public sealed class SlidingWindowModelTests
{
    private const int Length = 60;

    [Fact]
    public void Reserve_agrees_with_a_list_of_admissions() => Seeded.ForAll(400, static random =>
    {
        var time = new ManualTimeProvider(ticksPerSecond: 1);
        var store = new MemoryCounterStore(time);
        CounterLimit limit = Demands.Limit(max: random.Next(6), seconds: Length);
        var admitted = new List<(long At, CounterReservation Reservation, bool Refunded)>();
        for (int i = 0; i < 120; i++)
        {
            time.AdvanceTicks(random.Next(3) == 0 ? random.Next(40) : 0);
            long now = time.GetTimestamp();
            int inWindow = admitted.Count(one => !one.Refunded && now - one.At < Length);
            CounterReservation result = store.Reserve(Demands.Of("c", limit));
            Assert.Equal(inWindow < limit.Max, result.IsReserved);
            if (result.IsReserved)
            {
                admitted.Add((now, result, false));
            }
            else
            {
                Assert.Equal(limit.Max - inWindow, result.Remaining);
                long[] live = [.. admitted.Where(one => !one.Refunded && now - one.At < Length).Select(static one => one.At).Order()];
                TimeSpan? wait = limit.Max == 0 ? null : TimeSpan.FromSeconds(live[^(int)limit.Max] + Length - now);
                Assert.Equal(wait, result.RetryAfter);
            }

            if (admitted.Count > 0 && random.Next(4) == 0)
            {
                int index = random.Next(admitted.Count);
                if (!admitted[index].Refunded)
                {
                    store.Refund(Demands.Of("c", limit), admitted[index].Reservation);
                    admitted[index] = admitted[index] with { Refunded = true };
                }
            }
        }

        // In no span of the window's length more than the maximum.
        long[] kept = [.. admitted.Where(static one => !one.Refunded).Select(static one => one.At)];
        Assert.All(kept, start => Assert.True(kept.Count(at => at >= start && at < start + Length) <= limit.Max));
    });

    [Fact]
    public void Reserve_is_denied_until_just_before_retry_after_and_admitted_at_it() => Seeded.ForAll(200, static random =>
    {
        var time = new ManualTimeProvider(ticksPerSecond: 1_000_000_000);
        var store = new MemoryCounterStore(time);
        CounterLimit limit = Demands.Limit(max: random.Next(1, 5), seconds: Length);
        CounterReservation denied;
        while ((denied = store.Reserve(Demands.Of("c", limit))).IsReserved)
        {
            time.AdvanceTicks(random.NextInt64(10_000_000_000) / 100 * 100);
        }

        time.AdvanceTicks((denied.RetryAfter!.Value.Ticks * 100) - 1);
        Assert.False(store.Reserve(Demands.Of("c", limit)).IsReserved);
        time.AdvanceTicks(1);
        Assert.True(store.Reserve(Demands.Of("c", limit)).IsReserved);
    });

    // Many admissions: kept in slices, never letting more through, and late by a slice at most.
    [Theory]
    [InlineData(1000)]
    [InlineData(1500)]
    [InlineData(5000)]
    public void Reserve_beyond_a_thousand_errs_towards_denial_by_a_slice_at_most(int max)
    {
        const int Ticks = 60_000;
        const int Slice = Ticks / 60;
        var time = new ManualTimeProvider(ticksPerSecond: 1000);
        var store = new MemoryCounterStore(time);
        CounterLimit limit = Demands.Limit(max, seconds: 60);
        var random = new Random(max);
        var admitted = new Queue<long>();
        var lately = new Queue<long>();
        for (int i = 0; i < 40_000; i++)
        {
            time.AdvanceTicks(random.Next(20));
            long now = time.GetTimestamp();
            while (admitted.Count > 0 && now - admitted.Peek() >= Ticks)
            {
                admitted.Dequeue();
            }

            while (lately.Count > 0 && now - lately.Peek() >= Ticks + Slice)
            {
                lately.Dequeue();
            }

            CounterReservation result = store.Reserve(Demands.Of("c", limit));
            if (result.IsReserved)
            {
                Assert.True(admitted.Count < max, "never more than the maximum");
                admitted.Enqueue(now);
                lately.Enqueue(now);
            }
            else
            {
                Assert.True(lately.Count >= max, "denied only when the window and a slice more are full");
                Assert.True(max > 1000 || admitted.Count >= max, "exact up to a thousand");
                Assert.InRange(result.RetryAfter!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
            }
        }
    }

    [Fact]
    public void Reserve_slice_leaves_the_window_no_later_than_a_sixtieth_after_its_first_admission()
    {
        var time = new ManualTimeProvider(ticksPerSecond: 1000);
        var store = new MemoryCounterStore(time);
        CounterLimit limit = Demands.Limit(5000, seconds: 60);
        for (int i = 0; i < 5000; i++)
        {
            Assert.True(store.Reserve(Demands.Of("c", limit)).IsReserved);
            time.AdvanceTicks(i % 10 == 0 ? 1 : 0);
        }

        Assert.Equal(TimeSpan.FromMinutes(1), store.Reserve(Demands.Of("c", limit)).RetryAfter);

        // The first went in at 0, the last at 500: all of them leave together with it.
        time.AdvanceTicks(60_000 - 1);
        Assert.False(store.Reserve(Demands.Of("c", limit)).IsReserved);
        time.AdvanceTicks(1);
        int again = 0;
        while (store.Reserve(Demands.Of("c", limit)).IsReserved)
        {
            again++;
        }

        Assert.Equal(5000, again);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(1499)]
    public void Refund_of_one_of_many_gives_back_one(int index)
    {
        var time = new ManualTimeProvider(ticksPerSecond: 1000);
        var store = new MemoryCounterStore(time);
        CounterLimit limit = Demands.Limit(1500, seconds: 60);
        var admitted = new List<CounterReservation>();
        for (int i = 0; i < 1500; i++)
        {
            admitted.Add(store.Reserve(Demands.Of("c", limit)));
            time.AdvanceTicks(3);
        }

        Assert.False(store.Reserve(Demands.Of("c", limit)).IsReserved);
        store.Refund(Demands.Of("c", limit), admitted[index]);
        Assert.True(store.Reserve(Demands.Of("c", limit)).IsReserved);
        Assert.False(store.Reserve(Demands.Of("c", limit)).IsReserved);
    }

    // Given back at once, a place is as if it had never been taken, however often that happens.
    [Fact]
    public void Reserve_stays_exact_after_many_refunds()
    {
        var time = new ManualTimeProvider(ticksPerSecond: 1000);
        var store = new MemoryCounterStore(time);
        CounterLimit limit = Demands.Limit(2, seconds: 60);
        for (int i = 0; i < 3000; i++)
        {
            store.Refund(Demands.Of("c", limit), store.Reserve(Demands.Of("c", limit)));
            time.AdvanceTicks(1);
        }

        AssertExact(store, limit, time);
    }

    // What adds nothing leaves no trace: not in how many are kept one by one, and not in when they leave.
    [Fact]
    public void Reserve_stays_exact_after_many_amounts_of_zero()
    {
        var time = new ManualTimeProvider(ticksPerSecond: 1000);
        var store = new MemoryCounterStore(time);
        CounterLimit limit = Demands.Limit(2, seconds: 60);
        for (int i = 0; i < 3000; i++)
        {
            Assert.True(store.Reserve(Demands.Of("c", limit) with { Amount = 0 }).IsReserved);
        }

        time.AdvanceTicks(60_000);
        AssertExact(store, limit, time);
    }

    /// <summary>Of two calls a minute, the third is told to the tick when the first leaves.</summary>
    private static void AssertExact(MemoryCounterStore store, CounterLimit limit, ManualTimeProvider time)
    {
        long first = time.GetTimestamp();
        Assert.True(store.Reserve(Demands.Of("c", limit)).IsReserved);
        time.AdvanceTicks(300);
        Assert.True(store.Reserve(Demands.Of("c", limit)).IsReserved);
        CounterReservation denied = store.Reserve(Demands.Of("c", limit));
        Assert.Equal(TimeSpan.FromMilliseconds(60_000 - (time.GetTimestamp() - first)), denied.RetryAfter);
    }

    // Two calls of one moment cannot be told apart by it; given back, both must be gone.
    [Fact]
    public void Refund_of_calls_of_one_moment_gives_back_all_of_them_in_any_order()
    {
        var store = new MemoryCounterStore(new ManualTimeProvider());
        CounterLimit limit = Demands.Limit(10);
        CounterDemand large = Demands.Of("c", limit) with { Amount = 5 };
        CounterDemand small = Demands.Of("c", limit) with { Amount = 3 };
        CounterReservation first = store.Reserve(large);
        CounterReservation second = store.Reserve(small);
        Assert.Equal(first.Stamp, second.Stamp);
        store.Refund(small, second);
        store.Refund(large, first);
        Assert.True(store.Reserve(Demands.Of("c", limit) with { Amount = 10 }).IsReserved);
    }

    [Fact]
    public void Reserve_clock_that_runs_backwards_admits_no_more()
    {
        var time = new ManualTimeProvider(ticksPerSecond: 1);
        var store = new MemoryCounterStore(time);
        CounterLimit limit = Demands.Limit(3, seconds: Length);
        var random = new Random(1);
        int admitted = 0;
        for (int i = 0; i < 1000; i++)
        {
            admitted += store.Reserve(Demands.Of("c", limit)).IsReserved ? 1 : 0;
            time.AdvanceTicks(-random.Next(50));
        }

        Assert.Equal(3, admitted);
    }
}
