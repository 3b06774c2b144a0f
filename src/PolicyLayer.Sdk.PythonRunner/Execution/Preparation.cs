using PolicyLayer.Sdk.Python.Input;

namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>What must be known before an interpreter is locked: what to load while that can be done, and the longest it may run.</summary>
internal sealed record Preparation(IReadOnlyList<string> Preload, bool Codecs, TimeSpan MaxTimeout)
{
    /// <summary>Whether the program is not known yet, so that the interpreter must say what it could not load.</summary>
    public bool IsPooled { get; private init; }

    /// <summary>For one program: what it mentions.</summary>
    public static Preparation For(string code, RunnerSettings settings, TimeSpan timeout) => new(
        [.. ImportScan.Preload(code, settings.AllowedModules), .. LanguageModules.Of(code)],
        code.Contains("code(", StringComparison.Ordinal) || code.Contains("codecs", StringComparison.Ordinal),
        timeout);

    /// <summary>For any program: all that is allowed, and what the language loads in no time.</summary>
    public static Preparation ForAny(RunnerSettings settings) =>
        new([.. ImportScan.PreloadAll(settings.AllowedModules), .. LanguageModules.Quick], Codecs: true, settings.MaxTimeout) { IsPooled = true };
}
