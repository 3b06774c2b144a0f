using System.Text.RegularExpressions;

namespace PolicyLayer.Sdk.Python;

/// <summary>The options, checked and copied: nobody changes them under a run.</summary>
internal sealed partial record RunnerSettings
{
    /// <summary>So much that the JSON of a result with both streams full, every character escaped, still fits one buffer.</summary>
    private const int MaxOutputBytes = 64 * 1024 * 1024;

    public required string PythonPath { get; init; }

    public required TimeSpan DefaultTimeout { get; init; }

    public required TimeSpan MaxTimeout { get; init; }

    public required int MaxCodeBytes { get; init; }

    public required long MemoryBytes { get; init; }

    public required int MaxStdoutBytes { get; init; }

    public required int MaxStderrBytes { get; init; }

    public required IReadOnlyList<string> AllowedModules { get; init; }

    public required IsolationLevel MinimumIsolation { get; init; }

    public required IReadOnlyList<string> DisabledLayers { get; init; }

    public static RunnerSettings From(PythonRunnerOptions options)
    {
        Require(!string.IsNullOrWhiteSpace(options.PythonPath) && !options.PythonPath.Contains('\0'), nameof(options.PythonPath), "must be a path or a name");
        InRange(options.MaxTimeout, TimeSpan.FromHours(1), nameof(options.MaxTimeout));
        InRange(options.DefaultTimeout, options.MaxTimeout, nameof(options.DefaultTimeout));
        InRange(options.MaxCodeBytes, 1, 16 * 1024 * 1024, nameof(options.MaxCodeBytes));
        InRange(options.MemoryLimitMegabytes, 64, 65536, nameof(options.MemoryLimitMegabytes));
        InRange(options.MaxStdoutBytes, 1, MaxOutputBytes, nameof(options.MaxStdoutBytes));
        InRange(options.MaxStderrBytes, 1, MaxOutputBytes, nameof(options.MaxStderrBytes));
        foreach (string module in options.AllowedModules)
        {
            Require(module is not null && ModuleName().IsMatch(module), nameof(options.AllowedModules), $"holds `{module}`, which is not the name of a module");
        }

        CheckIsolation(options);
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
            DisabledLayers = [.. options.DisabledLayers],
        };
    }

    private static void CheckIsolation(PythonRunnerOptions options)
    {
        const string Name = nameof(options.MinimumIsolation);
        Require(Enum.IsDefined(options.MinimumIsolation), Name, "is not a level");
        Require(
            options.MinimumIsolation != IsolationLevel.None || options.AllowUnsandboxedExecution,
            Name,
            $"may be {nameof(IsolationLevel.None)} only together with {nameof(options.AllowUnsandboxedExecution)}");
    }

    private static void InRange(int value, int least, int most, string name) =>
        Require(value >= least && value <= most, name, $"must be {least} to {most}, not {value}");

    private static void InRange(TimeSpan value, TimeSpan most, string name) =>
        Require(value > TimeSpan.Zero && value <= most, name, $"must be more than zero and at most {most}, not {value}");

    private static void Require(bool holds, string name, string problem)
    {
        if (!holds)
        {
#pragma warning disable MA0015 // the parameter belongs to the public method that was called, and the message names the property
            throw new ArgumentException($"{nameof(PythonRunnerOptions)}.{name} {problem}.");
#pragma warning restore MA0015
        }
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ModuleName();
}
