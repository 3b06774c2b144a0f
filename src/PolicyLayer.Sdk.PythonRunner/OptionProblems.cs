using System.Text.RegularExpressions;

namespace PolicyLayer.Sdk.Python;

/// <summary>What is wrong with options: which one, what it is and what it may be.</summary>
internal sealed partial class OptionProblems
{
    /// <summary>So much that the JSON of a result with both streams full, every character escaped, still fits one buffer.</summary>
    private const int MaxOutputBytes = 64 * 1024 * 1024;

    private readonly List<string> _found = [];

    private OptionProblems()
    {
    }

    public static IReadOnlyList<string> Of(PythonRunnerOptions options)
    {
        var problems = new OptionProblems();
        problems.Check(options);
        return problems._found;
    }

    private void Check(PythonRunnerOptions options)
    {
        Require(!string.IsNullOrWhiteSpace(options.PythonPath) && !options.PythonPath.Contains('\0'), nameof(options.PythonPath), "must be a path or a name");
        InRange(options.MaxTimeout, TimeSpan.FromHours(1), nameof(options.MaxTimeout));
        InRange(options.DefaultTimeout, options.MaxTimeout, nameof(options.DefaultTimeout));
        InRange(options.MaxCodeBytes, 1, 16 * 1024 * 1024, nameof(options.MaxCodeBytes));
        InRange(options.MemoryLimitMegabytes, 64, 65536, nameof(options.MemoryLimitMegabytes));
        InRange(options.MaxStdoutBytes, 1, MaxOutputBytes, nameof(options.MaxStdoutBytes));
        InRange(options.MaxStderrBytes, 1, MaxOutputBytes, nameof(options.MaxStderrBytes));
        InRange(options.PoolSize, 0, 256, nameof(options.PoolSize));
        InRange(options.PoolMaxAge, TimeSpan.FromDays(1), nameof(options.PoolMaxAge));
        InRange(options.MaxConcurrentRuns, 1, 1024, nameof(options.MaxConcurrentRuns));
        InRange(options.MaxQueuedRuns, 0, 100_000, nameof(options.MaxQueuedRuns));
        Require(
            options.CgroupParent is null || (Path.IsPathRooted(options.CgroupParent) && !options.CgroupParent.Contains('\0')),
            nameof(options.CgroupParent),
            $"must be the full path of a directory of cgroup v2, not `{options.CgroupParent}`");
        foreach (string module in options.AllowedModules)
        {
            Require(module is not null && ModuleName().IsMatch(module), nameof(options.AllowedModules), $"holds `{module}`, which is not the name of a module such as `math` or `xml.etree`");
        }

        Require(Enum.IsDefined(options.MinimumIsolation), nameof(options.MinimumIsolation), $"is {(int)options.MinimumIsolation}, which is not a level: {string.Join(", ", Enum.GetNames<IsolationLevel>())}");
        Require(
            options.MinimumIsolation != IsolationLevel.None || options.AllowUnsandboxedExecution,
            nameof(options.MinimumIsolation),
            $"may be {nameof(IsolationLevel.None)} only together with {nameof(options.AllowUnsandboxedExecution)}");
    }

    private void InRange(int value, int least, int most, string name) =>
        Require(value >= least && value <= most, name, $"must be {least} to {most}, not {value}");

    private void InRange(TimeSpan value, TimeSpan most, string name) =>
        Require(value > TimeSpan.Zero && value <= most, name, $"must be more than zero and at most {most}, not {value}");

    private void Require(bool holds, string name, string problem)
    {
        if (!holds)
        {
            _found.Add($"{nameof(PythonRunnerOptions)}.{name} {problem}.");
        }
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ModuleName();
}
