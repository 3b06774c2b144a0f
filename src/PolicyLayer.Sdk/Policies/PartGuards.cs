using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Policies;

/// <summary>The guards of some of another guard's policies, one for each choice of them.</summary>
internal sealed class PartGuards
{
    private readonly Lock _lock = new();
    private readonly List<(int[] Places, ToolGuard Guard)> _parts = [];

    /// <summary>The guard of the policies of these names; null when none is named, or a name is none of theirs.</summary>
    public ToolGuard? Find(ToolGuard whole, IReadOnlyList<string> names)
    {
        lock (_lock)
        {
            // Within the lock: what is put in force after this reaches the part too.
            PolicySet policies = whole.Policies;
            int[] places = [.. Enumerable.Range(0, policies.Layers.Length).Where(place => names.Contains(policies.Layers[place].Name, StringComparer.Ordinal))];
            if (places.Length == 0 || places.Length != names.Distinct(StringComparer.Ordinal).Count())
            {
                return null;
            }

            if (places.Length == policies.Layers.Length)
            {
                return whole;
            }

            ToolGuard? guard = _parts.Find(part => part.Places.SequenceEqual(places)).Guard;
            if (guard is null)
            {
                guard = new ToolGuard(whole, policies.Part(places));
                ContextFree.Wait(guard.AnnounceAsync);
                _parts.Add((places, guard));
            }

            return guard;
        }
    }

    /// <summary>Puts the policies in force that are now in force for the whole, each at its place.</summary>
    public void Put(PolicySet policies, List<ToolGuard> changed)
    {
        lock (_lock)
        {
            foreach ((int[] places, ToolGuard guard) in _parts)
            {
                guard.Put(policies.Part(places), changed);
            }
        }
    }
}
