using System.Runtime.CompilerServices;
using PolicyLayer.Sdk.Counting.Counters;

namespace PolicyLayer.Sdk.Counting.Memory;

/// <summary>What is done with the counters of a call once all of them are found, and locked.</summary>
internal static class AllOrNone
{
    /// <summary>Admits all demands, or none. With <paramref name="charge"/> false it only looks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CounterReservation Reserve(ReadOnlySpan<CounterDemand> demands, ReadOnlySpan<FoundCounter> counters, in CounterTime now, bool charge)
    {
        for (int i = 0; i < demands.Length; i++)
        {
            ref readonly CounterDemand demand = ref demands[i];
            CounterState counter = counters[i].State!;
            counter.Follow(demand);
            if (!counter.Admits(now, Millionths.Of(demand.Amount), demand.Limit))
            {
                return Refused(demands, counters, i, now);
            }
        }

        for (int i = 0; charge && i < demands.Length; i++)
        {
            if (demands[i].Charges)
            {
                counters[i].State!.Add(now, Millionths.Of(demands[i].Amount));
            }
        }

        return CounterReservation.Reserved(stamp: now.Monotonic, utcTicks: now.Utc);
    }

    /// <summary>The answer to demands of which one does not fit, and those before it do.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CounterReservation Refused(ReadOnlySpan<CounterDemand> demands, ReadOnlySpan<FoundCounter> counters, int first, in CounterTime now)
    {
        var unmet = default(UnmetDemands);
        unmet.Add(first, demands[first], counters[first].State!, now);
        for (int i = first + 1; i < demands.Length; i++)
        {
            unmet.Judge(i, demands[i], counters[i].State!, now);
        }

        return unmet.ToReservation();
    }
}
