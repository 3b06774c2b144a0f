using System.Globalization;
using PolicyLayer.Sdk.Counting;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Counting;

/// <summary>What counters take, measured while nothing else runs.</summary>
[Collection(nameof(Alone))]
public sealed class CounterMemoryTests
{
    // A grant's name of ten characters is among it.
    [Fact]
    public void Live_counter_of_ten_a_minute_takes_at_most_150_bytes()
    {
        const int Counters = 300_000;
        var store = new MemoryCounterStore(new ManualTimeProvider());
        CounterLimit limit = Demands.Limit(10);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Counters; i++)
        {
            Assert.True(store.Reserve(Demands.Of("c", limit, "user" + i.ToString("D6", CultureInfo.InvariantCulture))).IsReserved);
        }

        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Counters;
        Assert.Equal(Counters, store.Count);
        Assert.InRange(each, 72, 150);
        GC.KeepAlive(store);
    }
}
