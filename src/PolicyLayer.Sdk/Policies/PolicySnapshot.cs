using PolicyLayer.Sdk.Telemetry;

namespace PolicyLayer.Sdk.Policies;

/// <summary>The policies of a host, loaded once and kept until a file of theirs changes.</summary>
internal sealed class PolicySnapshot
{
    private readonly Lock _loading = new();
    private IReadOnlyList<ToolPolicy>? _policies;
    private IReadOnlyList<IPolicySource> _sources = [];

    /// <summary>Loads all policies; when one fails, none is kept and all errors come out together.</summary>
    /// <exception cref="PolicyFormatException">A policy has errors.</exception>
    /// <remarks>Options are built more than once; the sources that were loaded are those that know what they have seen.</remarks>
    public IReadOnlyList<ToolPolicy> Load(IReadOnlyList<IPolicySource> sources)
    {
        lock (_loading)
        {
            if (_policies is null)
            {
                _policies = LoadAll(sources);
                _sources = sources;
            }

            return _policies;
        }
    }

    /// <summary>Whether a source is a file to be looked at.</summary>
    public bool CanChange()
    {
        lock (_loading)
        {
            return _sources.Any(static source => source is PolicyFileSource);
        }
    }

    /// <summary>Loads the files that have changed; each that fails leaves the policy before in its place, and the log says so.</summary>
    /// <param name="telemetry">Hears of what cannot be used.</param>
    /// <returns>All policies; null when all are as they were.</returns>
    public IReadOnlyList<ToolPolicy>? Reload(GuardTelemetry telemetry)
    {
        lock (_loading)
        {
            var policies = new List<ToolPolicy>(_policies!);
            bool hasChanged = false;
            for (int i = 0; i < _sources.Count; i++)
            {
                if (_sources[i] is PolicyFileSource file && file.HasChanged() && file.TryLoad(telemetry) is { } policy && IsAlone(policy, policies, i, file, telemetry))
                {
                    policies[i] = policy;
                    hasChanged = true;
                }
            }

            return hasChanged ? _policies = policies : null;
        }
    }

    private static bool IsAlone(ToolPolicy policy, List<ToolPolicy> policies, int index, PolicyFileSource file, GuardTelemetry telemetry)
    {
        bool isAlone = !policies.Where((other, i) => i != index && other.Name == policy.Name).Any();
        if (!isAlone)
        {
            telemetry.PolicyNotReloaded(file.Path, $"another policy is named `{policy.Name}` too, so their counters would be mixed");
        }

        return isAlone;
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
