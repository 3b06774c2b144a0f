using System.Globalization;
using PolicyLayer.Sdk.Counting.Memory;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Counting.Memory;

public sealed class MemoryCounterStoreConcurrencyTests
{
    private static readonly ParallelOptions Many = new() { MaxDegreeOfParallelism = 16 };

    [Fact]
    public void Reserve_from_many_threads_admits_exactly_the_maximum()
    {
        var store = new MemoryCounterStore(new ManualTimeProvider());
        CounterLimit limit = Demands.Limit(777);
        int admitted = 0;
        Parallel.For(0, 5000, Many, _ =>
        {
            if (store.Reserve(Demands.Of("c", limit)).IsReserved)
            {
                Interlocked.Increment(ref admitted);
            }
        });
        Assert.Equal(777, admitted);
    }

    // Two calls that name the same counters in another order would wait for each other.
    [Fact]
    public void Reserve_of_counters_in_any_order_never_deadlocks_and_stays_exact()
    {
        var store = new MemoryCounterStore(new ManualTimeProvider());
        CounterLimit limit = Demands.Limit(500);
        int[] admitted = new int[4];
        Parallel.For(0, 20_000, Many, i =>
        {
            string[] names = (i % 3) switch { 0 => ["a", "b"], 1 => ["b", "a"], _ => ["b", "c", "a"] };
            if (store.Reserve([.. names.Select(name => Demands.Of("c", limit, scope: name))]).IsReserved)
            {
                Array.ForEach(names, name => Interlocked.Increment(ref admitted[name[0] - 'a']));
            }
        });
        Assert.Equal((500, 500), (admitted[0], admitted[1]));
    }

    [Fact]
    public void Reserve_and_refund_and_sweep_together_lose_nothing()
    {
        var time = new ManualTimeProvider();
        var store = new MemoryCounterStore(time);
        CounterLimit limit = Demands.Limit(3);
        CounterLimit once = Demands.Limit(1, seconds: 1);
        int held = 0;
        Parallel.For(0, 20_000, Many, i =>
        {
            CounterReservation result = store.Reserve(Demands.Of("shared", limit));
            if (result.IsReserved)
            {
                Assert.InRange(Interlocked.Increment(ref held), 1, 3);
                Interlocked.Decrement(ref held);
                store.Refund(Demands.Of("shared", limit), result);
            }

            store.Reserve(Demands.Of(i.ToString(CultureInfo.InvariantCulture), once));
            if (i % 1000 == 0)
            {
                time.AdvanceTicks(TimeSpan.TicksPerSecond / 2);
            }
        });
        for (int i = 0; i < 3; i++)
        {
            Assert.True(store.Reserve(Demands.Of("shared", limit)).IsReserved, "all were given back");
        }

        Assert.False(store.Reserve(Demands.Of("shared", limit)).IsReserved);
    }

    [Fact]
    public async Task Authorize_and_complete_from_many_threads_admits_exactly_the_maximum()
    {
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Parse("""
            { "version": "1", "default": "deny", "all_tools": { "limits": [{ "counter": "all", "window": "day", "max": 300 }] },
              "tools": { "t": { "limits": [{ "counter": "t", "window": "day", "max": 200 }] }, "u": { "limits": [{ "counter": "t", "window": "day", "max": 200 }] } } }
            """));
        int admitted = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 4000), Many, async (i, cancel) =>
        {
            ToolDecision decision = await guard.AuthorizeAsync(new ToolCall(Grant.Default, i % 2 == 0 ? "t" : "u"), cancel);
            if (decision.IsAllowed)
            {
                // Every third is given back, by two callers at once, of which one counts.
                ToolOutcome outcome = i % 3 == 0 ? ToolOutcome.NotRun : ToolOutcome.Ok;
                await Task.WhenAll(Task.Run(() => guard.CompleteAsync(decision, outcome, cancel).AsTask(), cancel), guard.CompleteAsync(decision, outcome, cancel).AsTask());
                Interlocked.Add(ref admitted, outcome == ToolOutcome.Ok ? 1 : 0);
            }
        });

        // A place that came back when nobody asked any more is there still.
        while (guard.Decide("t").IsAllowed)
        {
            admitted++;
        }

        Assert.Equal(200, admitted);
    }
}
