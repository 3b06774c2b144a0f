using System.Globalization;
using System.Numerics;
using PolicyLayer.Sdk.Counting;
using PolicyLayer.Sdk.Counting.Shared;
using StackExchange.Redis;

namespace PolicyLayer.Sdk.Redis.Server;

/// <summary>Demands as the script takes them, and what it says of those that do not fit.</summary>
internal static class Demands
{
    /// <summary>Lua counts to 2^53 exactly.</summary>
    private const long LongestSpan = 1L << 52;

    /// <exception cref="CounterStoreException">A window is longer than Redis can count.</exception>
    public static void AddTo(List<RedisValue> values, ReadOnlySpan<CounterDemand> demands)
    {
        values.Add(demands.Length);
        foreach (CounterDemand demand in demands)
        {
            long span = Micros.Of(demand.Limit.Window);
            if (span > LongestSpan)
            {
                throw new CounterStoreException("a window is longer than Redis can count");
            }

            values.Add(demand.Limit.Algorithm.ToString());
            values.Add(span);
            values.Add(demand.Limit.Unit.ToString());
            values.Add(Number(demand.Limit.MaxMillionths));
            values.Add(Number(Millionths.OfLimit(demand.Limit.Burst)));
            values.Add(Number(Millionths.Of(demand.Amount)));
            values.Add(demand.Charges ? 1 : 0);
        }
    }

    /// <summary>What the script says of demands that do not fit: for each its index, what is held, and how long to wait, empty when that is in vain.</summary>
    public static CounterReservation ReadRefusal(ReadOnlySpan<CounterDemand> demands, RedisResult[] refused)
    {
        var unmet = default(UnmetDemands);
        foreach (RedisResult one in refused)
        {
            RedisResult[] parts = one.Parts();
            int index = (int)parts[0];
            BigInteger held = BigInteger.Parse(parts[1].Text(), NumberStyles.None, CultureInfo.InvariantCulture);
            CounterDemand demand = demands[index];
            if (demand.Limit.Algorithm == LimitAlgorithm.TokenBucket)
            {
                unmet.Add(index, Millionths.ToDecimal((Int128)(held / Micros.Of(demand.Limit.Window))), BucketWait(demand, held));
            }
            else
            {
                unmet.Add(
                    index,
                    Math.Max(0, demand.Limit.Max - Millionths.ToDecimal((Int128)held)),
                    (string?)parts[2] is { Length: > 0 } micros ? Micros.ToSpan(long.Parse(micros, NumberStyles.None, CultureInfo.InvariantCulture)) : null);
            }
        }

        return unmet.ToReservation();
    }

    private static TimeSpan? BucketWait(in CounterDemand demand, BigInteger held)
    {
        BigInteger span = Micros.Of(demand.Limit.Window);
        BigInteger rate = demand.Limit.MaxMillionths;
        BigInteger needed = (BigInteger)Millionths.Of(demand.Amount) * span;
        if (rate.IsZero || needed > (BigInteger)Millionths.OfLimit(demand.Limit.Burst) * span)
        {
            return null;
        }

        BigInteger micros = (needed - held + rate - 1) / rate;
        return micros > long.MaxValue ? TimeSpan.MaxValue : Micros.ToSpan((long)micros);
    }

    private static RedisValue Number(Int128 amount) => amount <= long.MaxValue ? (long)amount : amount.ToString(CultureInfo.InvariantCulture);
}
