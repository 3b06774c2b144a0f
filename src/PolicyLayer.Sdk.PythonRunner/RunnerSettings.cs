using PolicyLayer.Sdk.Python.ControlGroups;

namespace PolicyLayer.Sdk.Python;

/// <summary>The options, checked and copied: nobody changes them under a run.</summary>
internal sealed record RunnerSettings
{
    public required string PythonPath { get; init; }

    public required TimeSpan DefaultTimeout { get; init; }

    public required TimeSpan MaxTimeout { get; init; }

    public required int MaxCodeBytes { get; init; }

    public required long MemoryBytes { get; init; }

    public required int MaxStdoutBytes { get; init; }

    public required int MaxStderrBytes { get; init; }

    public required IReadOnlyList<string> AllowedModules { get; init; }

    public required IsolationLevel MinimumIsolation { get; init; }

    public required int PoolSize { get; init; }

    public required TimeSpan PoolMaxAge { get; init; }

    public required int MaxConcurrentRuns { get; init; }

    public required int MaxQueuedRuns { get; init; }

    public required string? CgroupParent { get; init; }

    public required IReadOnlyList<ControlGroupLimit> CgroupLimits { get; init; }

    public required IReadOnlyList<string> DisabledLayers { get; init; }

    /// <exception cref="ArgumentException">An option is out of its range, or two contradict each other.</exception>
    public static RunnerSettings From(PythonRunnerOptions options)
    {
        IReadOnlyList<string> problems = OptionProblems.Of(options);
        if (problems.Count > 0)
        {
#pragma warning disable MA0015 // the parameter belongs to the public method that was called, and the message names the property
            throw new ArgumentException(string.Join(Environment.NewLine, problems));
#pragma warning restore MA0015
        }

        return new RunnerSettings
        {
            PythonPath = options.PythonPath,
            DefaultTimeout = options.DefaultTimeout,
            MaxTimeout = options.MaxTimeout,
            MaxCodeBytes = options.MaxCodeBytes,
            MemoryBytes = options.MemoryLimitMegabytes * 1024L * 1024L,
            MaxStdoutBytes = options.MaxStdoutBytes,
            MaxStderrBytes = options.MaxStderrBytes,
            AllowedModules = [.. options.AllowedModules.Distinct(StringComparer.Ordinal)],
            MinimumIsolation = options.MinimumIsolation,
            PoolSize = options.PoolSize,
            PoolMaxAge = options.PoolMaxAge,
            MaxConcurrentRuns = options.MaxConcurrentRuns,
            MaxQueuedRuns = options.MaxQueuedRuns,
            CgroupParent = options.CgroupParent,
            CgroupLimits = options.CgroupLimits ?? ControlGroupLimit.ForRun(options.MemoryLimitMegabytes * 1024L * 1024L),
            DisabledLayers = [.. options.DisabledLayers],
        };
    }
}
