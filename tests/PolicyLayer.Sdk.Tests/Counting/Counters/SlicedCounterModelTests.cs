using PolicyLayer.Sdk.Counting.Memory;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Counting.Counters;

/// <summary>Limits that count in slices from the first call on, against a list of all calls: never more than the maximum in a window, denied only when a window and a slice are full, and exact while a thousand calls at most lie in the window.</summary>
public sealed class SlicedCounterModelTests
{
    private const int Window = 60_000;
    private const int Slice = Window / 60;

    [Fact]
    public void Reserve_agrees_with_a_list_of_calls() => Seeded.ForAll(30, static random =>
    {
        var time = new ManualTimeProvider(ticksPerSecond: 1000);
        var store = new MemoryCounterStore(time);
        CounterLimit limit = Demands.CoarseLimit(random.Next(2001, 2600));
        CounterDemand demand = Demands.Of("c", limit);
        var calls = new Calls();
        int calm = random.Next(2, 40);
        int most = 0;
        for (int i = 0; i < 12_000; i++)
        {
            time.AdvanceTicks(random.Next(200) == 0 ? random.Next(Window / calm) : random.Next(2 * calm));
            long now = time.GetTimestamp();
            int exact = calls.Since(now - Window);
            most = Math.Max(most, exact);
            CounterReservation result = store.Reserve(demand);
            if (result.IsReserved)
            {
                Assert.True(exact < limit.Max, "never more than the maximum");
                calls.Add(now, result);
            }
            else
            {
                Assert.True(calls.Since(now - Window - Slice) >= limit.Max, "denied only when a window and a slice are full");
                Assert.True(most > 1000, "exact while a thousand lie in the window");
                AssertEarliest(store, time, demand, result, random);
            }

            if (calls.Any && random.Next(10) == 0)
            {
                store.Refund(demand, calls.TakeBack(random));
            }
        }
    });

    /// <summary>Just before the time that a denial tells the call does not pass, and then it does.</summary>
    private static void AssertEarliest(MemoryCounterStore store, ManualTimeProvider time, CounterDemand demand, CounterReservation denied, Random random)
    {
        Assert.InRange(denied.RetryAfter!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(Window + Slice));
        if (random.Next(20) == 0)
        {
            time.AdvanceTicks((long)denied.RetryAfter.Value.TotalMilliseconds - 1);
            Assert.False(store.Peek(demand).IsReserved);
            time.AdvanceTicks(1);
            Assert.True(store.Peek(demand).IsReserved);
        }
    }

    /// <summary>All calls that were admitted and not given back, by time.</summary>
    private sealed class Calls
    {
        private readonly List<(long At, CounterReservation Reservation)> _calls = [];

        public bool Any => _calls.Count > 0;

        public void Add(long at, CounterReservation reservation) => _calls.Add((at, reservation));

        /// <summary>How many came after a moment.</summary>
        public int Since(long moment)
        {
            int from = 0;
            for (int to = _calls.Count; from < to;)
            {
                int middle = (from + to) / 2;
                (from, to) = _calls[middle].At <= moment ? (middle + 1, to) : (from, middle);
            }

            return _calls.Count - from;
        }

        public CounterReservation TakeBack(Random random)
        {
            int index = random.Next(Math.Max(0, _calls.Count - 3000), _calls.Count);
            CounterReservation reservation = _calls[index].Reservation;
            _calls.RemoveAt(index);
            return reservation;
        }
    }
}
