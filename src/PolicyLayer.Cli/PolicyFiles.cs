using PolicyLayer.Sdk;

namespace PolicyLayer.Cli;

/// <summary>Reads policies from files, each in its format.</summary>
internal static class PolicyFiles
{
    /// <exception cref="UsageException">The file cannot be read.</exception>
    public static PolicyText Read(string path)
    {
        try
        {
            return Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml" ? YamlPolicyText.Load(path) : PolicyText.Load(path);
        }
        catch (PolicyFormatException e) when (e.Diagnostics[0].Line == 0)
        {
            throw new UsageException(e.Diagnostics[0].ToString());
        }
    }

    /// <summary>Reads an answer to <c>tools/list</c>; null where no file is named.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static ToolCatalog? ReadTools(string? path)
    {
        try
        {
            return path is null ? null : ToolCatalog.Load(path);
        }
        catch (PolicyFormatException e)
        {
            throw new UsageException(e.Diagnostics[0].ToString());
        }
    }

    /// <summary>Reads and checks policies that judge together; one that shares its file's name with another is named by its path.</summary>
    /// <exception cref="PolicyFormatException">A policy has errors.</exception>
    public static IReadOnlyList<ToolPolicy> Load(IReadOnlyList<string> paths)
    {
        if (paths.Distinct(StringComparer.Ordinal).Count() < paths.Count)
        {
            throw new UsageException("one policy is named twice; name each file once");
        }

        var policies = new List<ToolPolicy>();
        var errors = new List<PolicyDiagnostic>();
        foreach (PolicyText text in paths.Select(Read))
        {
            string name = Path.GetFileNameWithoutExtension(text.Source);
            bool isShared = paths.Count(path => Path.GetFileNameWithoutExtension(path) == name) > 1;
            try
            {
                policies.Add(ToolPolicy.Parse(text, isShared || name.Length == 0 ? text.Source : name));
            }
            catch (PolicyFormatException e)
            {
                errors.AddRange(e.Diagnostics);
            }
        }

        return errors.Count == 0 ? policies : throw new PolicyFormatException(errors);
    }
}
