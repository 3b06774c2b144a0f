using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Counting.Pending;

namespace PolicyLayer.Sdk.Decisions;

/// <summary>Collects what the limits of a layer ask of the counters, for the call of a tool and for that of one that does not exist.</summary>
internal static class LimitCollector
{
    /// <summary>Adds the demands of each limit.</summary>
    /// <param name="policies">The policies.</param>
    /// <param name="layer">Which of them.</param>
    /// <param name="rules">What it says of the tool.</param>
    /// <param name="call">The call.</param>
    /// <param name="pending">Receives them; made for the first.</param>
    /// <returns>What is wrong with an amount, or null.</returns>
    public static Denial? Collect(PolicySet policies, int layer, ToolRules rules, in CallView call, ref PendingCall? pending)
    {
        foreach (CompiledLimit limit in rules.Limits)
        {
            if (!limit.Amount.TryGet(call, out decimal amount, out string? problem))
            {
                return new Denial(limit.Reference) { Layer = layer, Detail = problem };
            }

            pending ??= PendingCall.Rent();
            pending.Add(new CounterKey(policies.Layers[layer].Name, limit.Counter, limit.Scope.KeyOf(call)), limit, layer, amount);
        }

        return null;
    }
}
