using PolicyLayer.Sdk.Counting.Memory;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Counting.Counters;

/// <summary>Beyond a thousand calls, where several are one.</summary>
public sealed class SlidingWindowSliceTests
{
    // One call stands by itself at the moment at which a slice begins: what is given back must not come out of the slice, which stays longer.
    [Fact]
    public void Refund_of_a_call_of_the_moment_at_which_a_slice_begins_admits_no_more()
    {
        var time = new ManualTimeProvider(ticksPerSecond: 1000);
        var store = new MemoryCounterStore(time);
        CounterLimit limit = Demands.Limit(2000, seconds: 60);
        CounterDemand one = Demands.Of("c", limit);
        CounterDemand five = one with { Amount = 5 };
        Reserve(store, one, times: 10);
        time.AdvanceTicks(2000);
        Reserve(store, one, times: 995);
        time.AdvanceTicks(1000);
        Reserve(store, one, times: 1);

        // The first ten have left, so that there are a thousand again with the last of these.
        time.AdvanceTicks(57_000);
        Reserve(store, one, times: 2);
        time.AdvanceTicks(500);
        CounterReservation given = store.Reserve(five);
        Reserve(store, one, times: 1);
        time.AdvanceTicks(100);
        Reserve(store, five, times: 1);
        store.Refund(five, given);

        // Of all that, only the last five are still in the window.
        time.AdvanceTicks(59_950);
        Assert.False(store.Reserve(one with { Amount = 1996 }).IsReserved);
        Assert.True(store.Reserve(one with { Amount = 1990 }).IsReserved);
    }

    private static void Reserve(MemoryCounterStore store, CounterDemand demand, int times)
    {
        for (int i = 0; i < times; i++)
        {
            Assert.True(store.Reserve(demand).IsReserved);
        }
    }
}
