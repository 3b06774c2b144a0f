using System.Security.Cryptography;
using System.Text;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>The policies that judge a call together: every one of them must allow it.</summary>
internal sealed class PolicySet
{
    public PolicySet(IReadOnlyList<CompiledPolicy> layers)
    {
        Layers = [.. layers];
        DefaultAllow = layers.All(static layer => layer.DefaultAllow);
        Version = layers.Count == 1 ? layers[0].Version : CombinedVersion(layers);
    }

    public CompiledPolicy[] Layers { get; }

    /// <summary>Whether a tool that no entry names passes.</summary>
    public bool DefaultAllow { get; }

    /// <summary>The layer that refuses a tool which no entry names; 0 when none does.</summary>
    public int FirstDenyingByDefault => Math.Max(0, Array.FindIndex(Layers, static layer => !layer.DefaultAllow));

    public string Version { get; }

    private static string CombinedVersion(IReadOnlyList<CompiledPolicy> layers) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', layers.Select(static layer => layer.Version)))));
}
