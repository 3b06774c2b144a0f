namespace PolicyLayer.Sdk;

/// <summary>Adds policies in YAML to a host.</summary>
public static class YamlPolicyOptionsExtensions
{
    /// <summary>Adds a policy file in YAML, read when the host starts; with errors it stops the start.</summary>
    /// <param name="options">The options.</param>
    /// <param name="path">The file; a relative path starts at the current directory. Its name, without folder and extension, names the policy and its counters.</param>
    public static ToolPolicyOptions AddYamlPolicyFile(this ToolPolicyOptions options, string path)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return options.AddPolicy(() => ToolPolicy.Parse(YamlPolicyText.Load(path, options.PolicyBounds)));
    }
}
