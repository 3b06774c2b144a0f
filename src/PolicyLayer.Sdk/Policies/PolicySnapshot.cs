namespace PolicyLayer.Sdk.Policies;

/// <summary>The policies of a host, loaded once and kept.</summary>
internal sealed class PolicySnapshot
{
    private readonly Lock _loading = new();
    private IReadOnlyList<ToolPolicy>? _policies;

    /// <summary>Loads all policies; when one fails, none is kept and all errors come out together.</summary>
    /// <exception cref="PolicyFormatException">A policy has errors.</exception>
    public IReadOnlyList<ToolPolicy> Load(IEnumerable<IPolicySource> sources)
    {
        lock (_loading)
        {
            return _policies ??= LoadAll(sources);
        }
    }

    private static List<ToolPolicy> LoadAll(IEnumerable<IPolicySource> sources)
    {
        var policies = new List<ToolPolicy>();
        var errors = new List<PolicyDiagnostic>();
        foreach (IPolicySource source in sources)
        {
            try
            {
                policies.Add(source.Load());
            }
            catch (PolicyFormatException e)
            {
                errors.AddRange(e.Diagnostics);
            }
        }

        return errors.Count == 0 ? policies : throw new PolicyFormatException(errors);
    }
}
