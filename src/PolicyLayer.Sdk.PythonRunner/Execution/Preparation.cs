using PolicyLayer.Sdk.Python.Input;

namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>What must be known before an interpreter is locked: what to load while that can be done, and the longest it may run.</summary>
internal sealed record Preparation(IReadOnlyList<string> Preload, bool Codecs, TimeSpan MaxTimeout)
{
    /// <summary>For one program: what it mentions.</summary>
    public static Preparation For(string code, RunnerSettings settings, TimeSpan timeout) => new(
        [.. ImportScan.Preload(code, settings.AllowedModules), .. Future(code)],
        code.Contains("code(", StringComparison.Ordinal) || code.Contains("codecs", StringComparison.Ordinal),
        timeout);

    private static string[] Future(string code) => code.Contains("__future__", StringComparison.Ordinal) ? ["__future__"] : [];
}
