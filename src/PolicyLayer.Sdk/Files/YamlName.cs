namespace PolicyLayer.Sdk.Files;

/// <summary>What a file's name says of its format.</summary>
internal static class YamlName
{
    /// <summary>Whether a file of this name is YAML.</summary>
    public static bool IsOf(string path) => Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML";
}
