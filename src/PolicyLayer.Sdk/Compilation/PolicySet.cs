using System.Text;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>The policies that judge a call together: every one of them must allow it.</summary>
internal sealed class PolicySet
{
    public PolicySet(IReadOnlyList<CompiledPolicy> layers)
    {
        Layers = [.. layers];
        Version = layers.Count == 1 ? layers[0].Version : CombinedVersion(layers);
    }

    public CompiledPolicy[] Layers { get; }

    public string Version { get; }

    /// <summary>Whether one of them has the exact name of a tool.</summary>
    public bool Names(string tool)
    {
        foreach (CompiledPolicy layer in Layers)
        {
            if (layer.Names(tool))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Some of them.</summary>
    /// <param name="places">Which, in their order.</param>
    public PolicySet Part(int[] places) => new([.. places.Select(place => Layers[place])]);

    private static string CombinedVersion(IReadOnlyList<CompiledPolicy> layers) =>
        PolicyVersion.Of(Encoding.UTF8.GetBytes(string.Join('\n', layers.Select(static layer => layer.Version))));
}
