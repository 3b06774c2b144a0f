using PolicyLayer.Sdk.Counting;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Counting;

/// <summary>What a bucket promises holds for the calls that were not given back, whenever the others were.</summary>
public sealed class BucketRefundTests
{
    private const int Burst = 4;

    private static readonly CounterLimit Limit = CounterLimit.Create(LimitAlgorithm.TokenBucket, 60, TimeSpan.FromMinutes(1), burst: Burst);

    [Fact]
    public void In_no_span_is_more_kept_than_the_bucket_holds_and_refills() => Seeded.ForAll(300, static random =>
    {
        var time = new ManualTimeProvider();
        var store = new MemoryCounterStore(time);
        var kept = new List<(CounterReservation Reservation, CounterDemand Demand, DateTimeOffset At)>();
        for (int i = 0; i < 150; i++)
        {
            switch (random.Next(10))
            {
                case < 6:
                    CounterDemand demand = Demands.Of("c", Limit) with { Amount = random.Next(1, 4) };
                    CounterReservation answer = store.Reserve(demand);
                    if (answer.IsReserved)
                    {
                        kept.Add((answer, demand, time.GetUtcNow()));
                    }

                    break;
                case < 8 when kept.Count > 0:
                    int index = random.Next(kept.Count);
                    store.Refund(kept[index].Demand, kept[index].Reservation);
                    kept.RemoveAt(index);
                    break;
                default:
                    time.Advance(TimeSpan.FromMilliseconds(random.Next(5_000)));
                    break;
            }
        }

        foreach ((_, _, DateTimeOffset from) in kept)
        {
            foreach ((_, _, DateTimeOffset to) in kept.Where(call => call.At >= from))
            {
                decimal within = kept.Where(call => call.At >= from && call.At <= to).Sum(static call => call.Demand.Amount);
                Assert.True(within <= Burst + (decimal)(to - from).TotalSeconds, FormattableString.Invariant($"{within} within {to - from}"));
            }
        }
    });
}
