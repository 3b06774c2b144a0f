using PolicyLayer.Sdk.Counting;
using PolicyLayer.Sdk.Counting.Counters;
using PolicyLayer.Sdk.Counting.Memory;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Counting.Counters;

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

    [Fact]
    public void No_more_is_admitted_than_without_the_calls_that_were_given_back_however_limits_change() => Seeded.ForAll(2_000, static random =>
    {
        CounterLimit[] limits = [.. Enumerable.Range(0, 3).Select(_ => CounterLimit.Create(LimitAlgorithm.TokenBucket, 15 * random.Next(20), TimeSpan.FromMinutes(1), burst: random.Next(1, 12)))];
        CounterLimit limit = limits[0];
        var time = new ManualTimeProvider();
        var store = new MemoryCounterStore(time, maxCounters: 1);
        var admitted = new List<(CounterReservation Reservation, CounterDemand Demand, DateTimeOffset At)>();
        var refunded = new HashSet<int>();
        var made = new HashSet<int> { 0 };
        for (int i = 0; i < 60; i++)
        {
            switch (random.Next(12))
            {
                case < 5:
                    CounterDemand demand = Demands.Of("c", limit) with { Amount = random.Next(0, 6) };
                    CounterReservation answer = store.Reserve(demand);
                    if (answer.IsReserved && demand.Amount > 0)
                    {
                        admitted.Add((answer, demand, time.GetUtcNow()));
                    }

                    break;
                case < 7 when admitted.Count > 0:
                    int index = random.Next(admitted.Count);
                    if (refunded.Add(index))
                    {
                        store.Refund(admitted[index].Demand, admitted[index].Reservation);
                    }

                    break;
                case < 9:
                    limit = limits[random.Next(limits.Length)];
                    time.Advance(TimeSpan.FromMilliseconds(1));
                    break;
                case 9:
                    if (IsForgotten(store))
                    {
                        made.Add(admitted.Count);
                    }

                    break;
                default:
                    time.Advance(TimeSpan.FromMilliseconds(random.Next(5_000)));
                    break;
            }
        }

        decimal held = 0;
        for (int i = 0; i < admitted.Count; i++)
        {
            (_, CounterDemand demand, DateTimeOffset at) = admitted[i];
            decimal full = made.Contains(i) ? demand.Limit.Burst : held + (demand.Limit.Max * (at - admitted[i - 1].At).Ticks / demand.Limit.Window.Ticks);
            held = Math.Min(demand.Limit.Burst, full) - (refunded.Contains(i) ? 0 : demand.Amount);
            Assert.True(held >= 0, FormattableString.Invariant($"{-held} more than there was at {at}"));
        }
    });

    [Theory]
    [InlineData(60)]
    [InlineData(0)]
    public void What_an_earlier_version_charged_stays_spent_and_what_is_charged_then_comes_back(int max)
    {
        CounterLimit limit = CounterLimit.Create(LimitAlgorithm.TokenBucket, max, TimeSpan.FromMinutes(1), burst: Burst);
        TokenBucket saved = Bucket(limit);
        Charge(saved, 1, 3);
        var file = new MemoryStream();
        saved.Save(new BinaryWriter(file));
        file.SetLength(sizeof(long) + (2 * sizeof(ulong)));
        file.Position = 0;

        TokenBucket bucket = Bucket(limit);
        bucket.Load(new BinaryReader(file));
        bucket.Refund(new CounterTime(1, 1), 3 * Millionths.One, limit);
        Assert.Equal(1, Held(bucket, limit));
        Charge(bucket, 2, 1);
        bucket.Refund(new CounterTime(1, 1), 3 * Millionths.One, limit);
        Assert.Equal(0, Held(bucket, limit));
        bucket.Refund(new CounterTime(2, 2), Millionths.One, limit);
        Assert.Equal(1, Held(bucket, limit));
    }

    private static TokenBucket Bucket(CounterLimit limit)
    {
        CounterKind kind = limit.KindOf("p", "c", TimeSpan.TicksPerSecond);
        return new TokenBucket(kind) { Kind = kind };
    }

    private static void Charge(TokenBucket bucket, long ticks, int amount)
    {
        var now = new CounterTime(ticks, ticks);
        bucket.Advance(now);
        bucket.Add(now, amount * Millionths.One);
    }

    private static decimal Held(TokenBucket bucket, CounterLimit limit)
    {
        bucket.Advance(new CounterTime(2, 2));
        return decimal.Round(Millionths.ToDecimal(bucket.Remaining(limit)), 3);
    }

    /// <summary>Another counter takes the only place there is, and gives it back, unless what has it counts.</summary>
    private static bool IsForgotten(MemoryCounterStore store)
    {
        try
        {
            CounterDemand other = Demands.Of("other", CounterLimit.Create(LimitAlgorithm.Concurrent, 1));
            store.Refund(other, store.Reserve(other));
            return true;
        }
        catch (CounterStoreException)
        {
            return false;
        }
    }
}
