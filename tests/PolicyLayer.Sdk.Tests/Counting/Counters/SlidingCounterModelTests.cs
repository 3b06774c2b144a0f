using PolicyLayer.Sdk.Counting.Memory;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Counting.Counters;

/// <summary>The store against a list of admissions where the form changes that a counter has: none, one, few calls, a window. The clock ticks in nanoseconds.</summary>
public sealed class SlidingCounterModelTests
{
    private const long Second = 1_000_000_000;

    // What leaves a short window does so at a whole tick of 100 ns; of a long one, at the nanosecond.
    [Theory]
    [InlineData(1, 100)]
    [InlineData(60, 100)]
    [InlineData(214, 100)]
    [InlineData(215, 1)]
    [InlineData(86_400, 1)]
    public void Reserve_agrees_with_a_list_of_admissions(int seconds, int grain) => Seeded.ForAll(60, random => Agree(random, seconds, grain));

    private static void Agree(Random random, int seconds, int grain)
    {
        var time = new ManualTimeProvider(ticksPerSecond: Second);
        var store = new MemoryCounterStore(time);
        decimal max = random.Next(4) switch { 0 => random.Next(4), 1 => random.Next(20) + 0.5m, 2 => random.Next(120, 140), _ => random.Next(300) };
        int share = random.Next(1, 3 * (int)max + 3);
        bool hasOdd = random.Next(2) == 0;
        var model = new List<(long At, decimal Amount, CounterReservation Reservation)>();
        CounterLimit limit = Demands.Limit(max, seconds);
        for (int i = 0; i < 700; i++)
        {
            time.AdvanceTicks(random.NextInt64(2 * seconds * Second / share));
            long now = time.GetTimestamp();
            model.RemoveAll(one => now - one.At >= seconds * Second);
            if (random.Next(40) == 0)
            {
                max = Math.Max(0, max + random.Next(-3, 4));
                limit = Demands.Limit(max, seconds);
            }

            decimal amount = hasOdd && random.Next(20) == 0 ? random.Next(4) * 0.75m : 1;
            CounterDemand demand = Demands.Of("c", limit) with { Amount = amount };
            bool fits = model.Sum(static one => one.Amount) + amount <= max;
            Assert.Equal(fits, store.Peek(demand).IsReserved);
            CounterReservation result = store.Reserve(demand);
            Assert.Equal(fits, result.IsReserved);
            if (!fits)
            {
                Assert.Equal(Math.Max(0, max - model.Sum(static one => one.Amount)), result.Remaining);
                Assert.Equal(WaitFor(model, amount, max, now, seconds), result.RetryAfter);
            }
            else if (amount > 0)
            {
                model.Add(((now + grain - 1) / grain * grain, amount, result));
            }

            if (model.Count > 0 && random.Next(5) == 0)
            {
                int index = random.Next(model.Count);
                store.Refund(Demands.Of("c", limit) with { Amount = model[index].Amount }, model[index].Reservation);
                model.RemoveAt(index);
            }
        }
    }

    private static TimeSpan? WaitFor(List<(long At, decimal Amount, CounterReservation Reservation)> model, decimal amount, decimal max, long now, int seconds)
    {
        decimal total = model.Sum(static one => one.Amount) + amount;
        foreach ((long at, decimal left, _) in model)
        {
            total -= left;
            if (total <= max)
            {
                return TimeSpan.FromTicks((at + (seconds * Second) - now + 99) / 100);
            }
        }

        return null;
    }
}
