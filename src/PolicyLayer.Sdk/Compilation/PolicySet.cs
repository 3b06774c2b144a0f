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

    /// <summary>Some of them.</summary>
    /// <param name="places">Which, in their order.</param>
    public PolicySet Part(int[] places) => new([.. places.Select(place => Layers[place])]);

    private static string CombinedVersion(IReadOnlyList<CompiledPolicy> layers) =>
        PolicyVersion.Of(Encoding.UTF8.GetBytes(string.Join('\n', layers.Select(static layer => layer.Version))));
}
