using System.Globalization;
using PolicyLayer.Sdk.Counting.Memory;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Counting.Memory;

public sealed class MemoryCounterStoreTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Reserve_all_or_none()
    {
        var store = new MemoryCounterStore(_time);
        (CounterLimit one, CounterLimit many) = (Demands.Limit(1), Demands.Limit(5));
        Assert.True(store.Reserve(Demands.Of("a", one)).IsReserved);
        for (int i = 0; i < 10; i++)
        {
            CounterReservation denied = store.Reserve(Demands.Of("b", many), Demands.Of("a", one));
            Assert.Equal((1, 0m), (denied.RefusedIndex, denied.Remaining));
        }

        for (int i = 0; i < 5; i++)
        {
            Assert.True(store.Reserve(Demands.Of("b", many)).IsReserved, "denied calls used nothing up");
        }
    }

    [Fact]
    public void Reserve_retry_after_is_when_all_fit_and_the_first_refused_is_named()
    {
        var store = new MemoryCounterStore(_time);
        (CounterLimit minute, CounterLimit hour) = (Demands.Limit(1, 60), Demands.Limit(1, 3600));
        Assert.True(store.Reserve(Demands.Of("m", minute), Demands.Of("h", hour)).IsReserved);
        _time.Advance(TimeSpan.FromSeconds(20));
        CounterReservation denied = store.Reserve(Demands.Of("m", minute), Demands.Of("h", hour));
        Assert.Equal((0, TimeSpan.FromSeconds(3580)), (denied.RefusedIndex, denied.RetryAfter));
        Assert.Equal(TimeSpan.FromSeconds(40), store.Reserve(Demands.Of("m", minute)).RetryAfter);
        Assert.Null(store.Reserve(Demands.Of("m", minute), Demands.Of("z", Demands.Limit(0))).RetryAfter);
    }

    [Fact]
    public void Refund_goes_to_the_window_that_was_charged_never_to_a_later_one()
    {
        var store = new MemoryCounterStore(_time);
        CounterLimit limit = Demands.Limit(1);
        CounterReservation old = store.Reserve(Demands.Of("c", limit));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(store.Reserve(Demands.Of("c", limit)).IsReserved);
        store.Refund(Demands.Of("c", limit), old);
        Assert.False(store.Reserve(Demands.Of("c", limit)).IsReserved);
    }

    [Fact]
    public void Refund_of_an_unknown_counter_or_twice_gives_nothing()
    {
        var store = new MemoryCounterStore(_time);
        CounterLimit limit = Demands.Limit(2);
        store.Refund(Demands.Of("c", limit), default);
        CounterReservation first = store.Reserve(Demands.Of("c", limit));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(store.Reserve(Demands.Of("c", limit)).IsReserved);
        store.Refund(Demands.Of("c", limit), first);
        store.Refund(Demands.Of("c", limit), first);
        Assert.True(store.Reserve(Demands.Of("c", limit)).IsReserved);
        Assert.False(store.Reserve(Demands.Of("c", limit)).IsReserved);
    }

    [Fact]
    public void Reserve_counts_policy_counter_and_scope_apart()
    {
        var store = new MemoryCounterStore(_time);
        CounterLimit limit = Demands.Limit(1);
        string[] names = ["a", "b"];
        foreach (CounterKey key in from policy in names from counter in names from scope in names select new CounterKey(policy, counter, scope))
        {
            Assert.True(store.Reserve(new CounterDemand(key, limit, 1m, Charges: true)).IsReserved);
            Assert.False(store.Reserve(new CounterDemand(key, limit, 1m, Charges: true)).IsReserved);
        }
    }

    [Fact]
    public void Reserve_fractions_are_exact()
    {
        var store = new MemoryCounterStore(_time);
        CounterLimit limit = Demands.Limit(1.5m);
        Assert.True(store.Reserve(Demands.Of("c", limit)).IsReserved);
        Assert.Equal(0.5m, store.Reserve(Demands.Of("c", limit)).Remaining);
        Assert.Null(store.Reserve(Demands.Of("d", Demands.Limit(0.999999m))).RetryAfter);
    }

    [Fact]
    public void Sweep_takes_out_what_is_empty_and_keeps_what_counts()
    {
        var store = new MemoryCounterStore(_time);
        CounterLimit limit = Demands.Limit(1);
        Fill(store, 0, 1024, limit);
        Assert.Equal(1024, store.Count);
        _time.Advance(TimeSpan.FromSeconds(59));
        Fill(store, 2000, 1, limit);
        Assert.Equal(1025, store.Count);
        _time.Advance(TimeSpan.FromSeconds(30));
        Fill(store, 3000, 1100, limit);
        Assert.True(store.Count < 2125, "empty ones are gone");
        Assert.False(store.Reserve(Demands.Of("2000", limit)).IsReserved, "the one that counts is still there");
    }

    [Fact]
    public void Reserve_full_store_denies_rather_than_forgets()
    {
        var store = new MemoryCounterStore(_time, maxCounters: 100);
        CounterLimit limit = Demands.Limit(1);
        Fill(store, 0, 100, limit);
        Assert.True(Assert.Throws<CounterStoreException>(() => store.Reserve(Demands.Of("new", limit))).IsFull);
        Assert.False(store.Reserve(Demands.Of("0", limit)).IsReserved);
        Assert.Equal(100, store.Count);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(store.Reserve(Demands.Of("new", limit)).IsReserved);
    }

    [Fact]
    public void Reserve_counts_each_window_of_one_key()
    {
        var store = new MemoryCounterStore(_time, maxCounters: 2);
        CounterDemand[] twins = [Demands.Of("c", Demands.Limit(5)), Demands.Of("c", Demands.Limit(5)), Demands.Of("c", Demands.Limit(1, seconds: 3600))];
        Assert.True(store.Reserve(twins).IsReserved);
        Assert.Equal(2, store.Count);
        Assert.False(store.Reserve(twins).IsReserved);
        Assert.Throws<CounterStoreException>(() => store.Reserve(Demands.Of("d", Demands.Limit(5))));
    }

    [Fact]
    public async Task Reserve_cancelled_reserves_nothing()
    {
        var store = new MemoryCounterStore(_time);
        CounterDemand[] demands = [Demands.Of("c", Demands.Limit(1))];
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await store.ReserveAsync(demands, new CancellationToken(canceled: true)));
        Assert.True(store.Reserve(demands).IsReserved);
    }

    [Theory]
    [InlineData(1, 5, 0)]
    [InlineData(5, 1, 1)]
    [InlineData(1, 1, 0)]
    public void Reserve_refused_by_any_of_several_limits_judges_each_once(int first, int second, int refused)
    {
        var clock = new CountingClock();
        var store = new MemoryCounterStore(clock);
        CounterDemand[] demands = [Demands.Of("a", Demands.Limit(first)), Demands.Of("b", Demands.Limit(second))];
        Assert.True(store.Reserve(demands).IsReserved);
        clock.Reads = 0;
        Assert.Equal((refused, 0m), (store.Reserve(demands).RefusedIndex, store.Peek(demands).Remaining));
        Assert.Equal(2, clock.Reads);
    }

    private static void Fill(MemoryCounterStore store, int from, int count, CounterLimit limit)
    {
        for (int i = from; i < from + count; i++)
        {
            Assert.True(store.Reserve(Demands.Of(i.ToString(CultureInfo.InvariantCulture), limit)).IsReserved);
        }
    }

    /// <summary>Stands still, and counts how often it is read.</summary>
    private sealed class CountingClock : TimeProvider
    {
        public int Reads { get; set; }

        public override long GetTimestamp()
        {
            Reads++;
            return 1_000_000_000;
        }
    }
}
