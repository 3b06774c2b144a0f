using Microsoft.Extensions.Logging;
using PolicyLayer.Sdk.Telemetry;

namespace PolicyLayer.Sdk.Policies;

/// <summary>The policies of a host, loaded once and kept until a file of theirs changes.</summary>
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

    /// <summary>Loads the files that have changed; each that fails leaves the policy before in its place, and the log says so.</summary>
    /// <param name="sources">The sources that were loaded.</param>
    /// <param name="logger">Hears of what cannot be used.</param>
    /// <returns>All policies; null when all are as they were.</returns>
    public IReadOnlyList<ToolPolicy>? Reload(IReadOnlyList<IPolicySource> sources, ILogger logger)
    {
        lock (_loading)
        {
            var policies = new List<ToolPolicy>(_policies!);
            bool hasChanged = false;
            for (int i = 0; i < sources.Count; i++)
            {
                if (sources[i] is PolicyFileSource file && file.HasChanged() && TryLoad(file, logger) is { } policy && IsAlone(policy, policies, i, file, logger))
                {
                    policies[i] = policy;
                    hasChanged = true;
                }
            }

            return hasChanged ? _policies = policies : null;
        }
    }

    private static ToolPolicy? TryLoad(PolicyFileSource file, ILogger logger)
    {
        try
        {
            return file.Load();
        }
        catch (PolicyFormatException e)
        {
            Log.PolicyNotReloaded(logger, file.Path, e.Message);
            return null;
        }
    }

    private static bool IsAlone(ToolPolicy policy, List<ToolPolicy> policies, int index, PolicyFileSource file, ILogger logger)
    {
        bool isAlone = !policies.Where((other, i) => i != index && other.Name == policy.Name).Any();
        if (!isAlone)
        {
            Log.PolicyNotReloaded(logger, file.Path, $"another policy is named `{policy.Name}` too, so their counters would be mixed");
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
