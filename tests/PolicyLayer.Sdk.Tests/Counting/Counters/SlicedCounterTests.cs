using PolicyLayer.Sdk.Counting.Counters;
using PolicyLayer.Sdk.Counting.Memory;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Counting.Counters;

/// <summary>Counters that count in slices from the first call on: where they go over to another way, and at their bounds.</summary>
public sealed class SlicedCounterTests
{
    private const int Window = 60_000;
    private const int Slice = Window / 60;

    private readonly ManualTimeProvider _time = new(ticksPerSecond: 1000);
    private readonly MemoryCounterStore _store;

    public SlicedCounterTests() => _store = new MemoryCounterStore(_time);

    [Fact]
    public void Limit_that_becomes_small_keeps_what_was_counted_and_is_exact_from_then_on()
    {
        Reserve(Demands.CoarseLimit(3000), 2500);
        CounterLimit small = Demands.Limit(3);
        CounterReservation denied = _store.Reserve(Demands.Of("c", small));
        Assert.False(denied.IsReserved);
        Assert.InRange(denied.RetryAfter!.Value, TimeSpan.FromMilliseconds(Window), TimeSpan.FromMilliseconds(Window + Slice));
        _time.AdvanceTicks(Window + Slice);
        Reserve(small, 1);
        _time.AdvanceTicks(7);
        Reserve(small, 2);
        Assert.Equal(TimeSpan.FromMilliseconds(Window - 7), _store.Reserve(Demands.Of("c", small)).RetryAfter);
        _time.AdvanceTicks(Window - 7);
        Reserve(small, 1);
        Assert.False(_store.Reserve(Demands.Of("c", small)).IsReserved);
    }

    [Fact]
    public void Limit_that_becomes_large_again_counts_on()
    {
        Reserve(Demands.CoarseLimit(3000), 100);
        Reserve(Demands.Limit(200), 100);
        Reserve(Demands.CoarseLimit(3000), 2800);
        Assert.False(_store.Reserve(Demands.Of("c", Demands.CoarseLimit(3000))).IsReserved);
    }

    // No policy brings such a demand to such a counter; a store that is asked must not lose what it has counted.
    [Fact]
    public void Amount_other_than_one_counts_on()
    {
        CounterDemand demand = Demands.Of("c", Demands.CoarseLimit(3000));
        Reserve(demand.Limit, 1000);
        Assert.False(_store.Peek(demand with { Amount = 2000.5m }).IsReserved);
        CounterReservation large = _store.Reserve(demand with { Amount = 1999.5m });
        Assert.True(large.IsReserved);
        Assert.Equal(0.5m, _store.Reserve(demand).Remaining);
        _store.Refund(demand with { Amount = 1999.5m }, large);
        Reserve(demand.Limit, 2000);
        Assert.False(_store.Reserve(demand).IsReserved);
    }

    [Fact]
    public void Maximum_is_admitted_once_a_window_and_told_with_what_is_left()
    {
        Reserve(Demands.CoarseLimit(2500), 2500);
        CounterReservation denied = _store.Reserve(Demands.Of("c", Demands.CoarseLimit(2500)));
        Assert.Equal((false, 0m), (denied.IsReserved, denied.Remaining));
        _time.AdvanceTicks((long)denied.RetryAfter!.Value.TotalMilliseconds - 1);
        Assert.False(_store.Reserve(Demands.Of("c", Demands.CoarseLimit(2500))).IsReserved);
        _time.AdvanceTicks(1);
        Reserve(Demands.CoarseLimit(2500), 2500);
    }

    [Fact]
    public void Refund_goes_to_the_slice_that_was_charged_and_to_no_later_one()
    {
        CounterLimit limit = Demands.CoarseLimit(2500);
        CounterReservation early = _store.Reserve(Demands.Of("c", limit));
        _time.AdvanceTicks(Window + Slice);
        Reserve(limit, 2500);
        _store.Refund(Demands.Of("c", limit), early);
        Assert.False(_store.Reserve(Demands.Of("c", limit)).IsReserved);
    }

    // What is kept of each slice has 32 bits.
    [Fact]
    public void Slice_with_more_calls_than_can_be_kept_of_it_is_not_followed_by_another()
    {
        var slices = new WindowSlices(Window);
        long calls = 0;
        Assert.True(slices.TryBegin(0, ref calls, out long end));
        Assert.Equal(Slice - 1, end);
        calls = uint.MaxValue;
        Assert.True(slices.TryBegin(Slice, ref calls, out _));
        calls += uint.MaxValue + 1L;
        Assert.False(slices.TryBegin(2 * Slice, ref calls, out _));
        Assert.Equal((2L * uint.MaxValue) + 1, calls);
    }

    [Fact]
    public void Clock_that_is_too_coarse_for_slices_counts_call_by_call()
    {
        var time = new ManualTimeProvider(ticksPerSecond: 1);
        var store = new MemoryCounterStore(time);
        CounterDemand demand = Demands.Of("c", Demands.CoarseLimit(2001));
        for (int i = 0; i < 2001; i++)
        {
            Assert.True(store.Reserve(demand).IsReserved);
        }

        Assert.False(store.Reserve(demand).IsReserved);
        time.AdvanceTicks(60);
        Assert.True(store.Reserve(demand).IsReserved);
    }

    private void Reserve(CounterLimit limit, int times)
    {
        for (int i = 0; i < times; i++)
        {
            Assert.True(_store.Reserve(Demands.Of("c", limit)).IsReserved, $"call {i}");
        }
    }
}
