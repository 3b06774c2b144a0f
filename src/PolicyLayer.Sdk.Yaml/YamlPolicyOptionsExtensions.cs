namespace PolicyLayer.Sdk;

/// <summary>Adds policies in YAML to a host.</summary>
public static class YamlPolicyOptionsExtensions
{
    /// <summary>Adds a policy file in YAML, read when the host starts; with errors it stops the start.</summary>
    /// <param name="options">The options.</param>
    /// <param name="path">The file; a relative path starts at the current directory. Its name, without folder and extension, names the policy and its counters.</param>
    /// <param name="reloadOnChange">Whether it is read again when it has changed: see <see cref="ToolPolicyOptions.AddPolicyFile(string, bool)"/>.</param>
    public static ToolPolicyOptions AddYamlPolicyFile(this ToolPolicyOptions options, string path, bool reloadOnChange = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return options.AddPolicyFile(path, () => ToolPolicy.Parse(YamlPolicyText.Load(path, options.PolicyBounds)), reloadOnChange);
    }
}
