using System.Globalization;
using System.Runtime.CompilerServices;
using PolicyLayer.Sdk.Counting.Memory;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Counting.Memory;

/// <summary>What counters take, measured while nothing else runs.</summary>
[Collection(nameof(Alone))]
public sealed class CounterMemoryTests
{
    // A grant's name of ten characters is among it. Whoever is refused must not cost more: they may ask as often as they like.
    [Theory]
    [InlineData(1_000_000, 10, false)]
    [InlineData(300_000, 1, true)]
    public void Live_counter_takes_at_most_150_bytes(int counters, int max, bool isRefused)
    {
        CounterLimit limit = Demands.Limit(max);
        long all = LiveBytesOf(() =>
        {
            var store = new MemoryCounterStore(new ManualTimeProvider());
            for (int i = 0; i < counters; i++)
            {
                CounterDemand demand = Demands.Of("c", limit, "user" + i.ToString("D6", CultureInfo.InvariantCulture));
                Assert.True(store.Reserve(demand).IsReserved);
                if (isRefused)
                {
                    Assert.False(store.Reserve(demand).IsReserved);
                }
            }

            Assert.Equal(counters, store.Count);
            return store;
        });
        Assert.InRange(all / counters, 72, 150);
    }

    // Beside the name of its scope, which is the host's: what is full takes as much as what holds one call may.
    [Fact]
    public void Counter_of_ten_a_minute_takes_at_most_150_bytes_when_it_is_full()
    {
        const int Counters = 120_000;
        const int Max = 10;
        CounterLimit limit = Demands.Limit(Max);
        CounterDemand[] demands = [.. Enumerable.Range(0, Counters).Select(i => Demands.Of("c", limit, i.ToString(CultureInfo.InvariantCulture)))];
        long all = LiveBytesOf(() =>
        {
            var clock = new ManualTimeProvider(ticksPerSecond: 1_000_000_000);
            var store = new MemoryCounterStore(clock);
            int reserved = 0;
            for (int i = 0; i < Counters * (Max + 1); i++)
            {
                reserved += store.Reserve(demands[i % Counters]).IsReserved ? 1 : 0;
                clock.AdvanceTicks(1);
            }

            Assert.Equal((Counters, Counters * Max), (store.Count, reserved));
            return store;
        });
        Assert.InRange(all / Counters, 72, 150);
        GC.KeepAlive(demands);
    }

    // What has left a window is taken out many at once, and must not make it grow till then.
    [Fact]
    public async Task Calls_that_have_left_their_window_take_no_room()
    {
        var clock = new ManualTimeProvider();
        var store = new MemoryCounterStore(clock);
        CounterDemand[] demands = [Demands.Of("c", Demands.Limit(500))];
        Assert.True(store.Reserve(demands).IsReserved);
        Assert.True(store.Reserve(demands).IsReserved);
        long allocated = 0;
        for (int i = 0; i < 400; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(60));
            long before = GC.GetAllocatedBytesForCurrentThread();
            ValueTask<CounterReservation> reserving = store.ReserveAsync(demands, CancellationToken.None);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True((await reserving).IsReserved);
        }

        Assert.InRange(allocated, 0, 1000);
    }

    /// <summary>What something takes: what is live with it, less what is live at once after it. Of three times the middle, for what the runtime itself makes or drops in between counts too.</summary>
    private static long LiveBytesOf(Func<object> make)
    {
        long[] bytes = [LiveOnce(make), LiveOnce(make), LiveOnce(make)];
        return bytes.Order().ElementAt(1);
    }

    private static long LiveOnce(Func<object> make)
    {
        object?[] made = Box(make);
        long live = Live();
        made[0] = null;
        return live - Live();
    }

    /// <summary>What is live when what earlier tests have left is gone, and finalized.</summary>
    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>Apart, so that nothing on the stack of whoever measures holds it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object?[] Box(Func<object> make) => [make()];
}
