using PolicyLayer.Sdk.Python.Input;

namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>What must be known before an interpreter is locked: what to load while that can be done, and the longest it may run.</summary>
internal sealed record Preparation(IReadOnlyList<string> Preload, bool Codecs, TimeSpan MaxTimeout)
{
    private const string Future = "__future__";

    /// <summary>Whether the program is not known yet, so that the interpreter must say what it could not load.</summary>
    public bool IsPooled { get; private init; }

    /// <summary>For one program: what it mentions.</summary>
    public static Preparation For(string code, RunnerSettings settings, TimeSpan timeout) => new(
        [.. ImportScan.Preload(code, settings.AllowedModules), .. code.Contains(Future, StringComparison.Ordinal) ? [Future] : Array.Empty<string>()],
        code.Contains("code(", StringComparison.Ordinal) || code.Contains("codecs", StringComparison.Ordinal),
        timeout);

    /// <summary>For any program: all that is allowed.</summary>
    public static Preparation ForAny(RunnerSettings settings) =>
        new([.. ImportScan.PreloadAll(settings.AllowedModules), Future], Codecs: true, settings.MaxTimeout) { IsPooled = true };
}
