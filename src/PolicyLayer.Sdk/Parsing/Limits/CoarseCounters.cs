using System.Runtime.InteropServices;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Counting.Counters;

namespace PolicyLayer.Sdk.Parsing.Limits;

/// <summary>Which limits may count in slices from early on (<see cref="CounterLimit.CountsInSlices"/>): those that share a counter all may, or none does.</summary>
internal sealed class CoarseCounters
{
    /// <summary>By counter, the limits that may; null once one may not.</summary>
    private readonly Dictionary<string, List<CounterLimit>?> _limits = new(StringComparer.Ordinal);

    public void Add(CompiledLimit limit)
    {
        ref List<CounterLimit>? limits = ref CollectionsMarshal.GetValueRefOrAddDefault(_limits, limit.Counter, out bool isShared);
        limits = isShared ? limits : [];
        bool mayCount = limit.Rule.Algorithm == LimitAlgorithm.Sliding && limit.Amount.CountsCalls && limit.Rule.MaxCalls > 2 * SlidingWindow.ExactCalls;
        if (limits is not null && mayCount)
        {
            limit.Rule.CountsInSlices = true;
            limits.Add(limit.Rule);
            return;
        }

        foreach (CounterLimit other in limits ?? [])
        {
            other.CountsInSlices = false;
        }

        limits = null;
    }
}
