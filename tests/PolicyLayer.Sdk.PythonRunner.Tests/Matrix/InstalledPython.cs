using PolicyLayer.Repository.Tests.Support;
using PolicyLayer.Sdk.Python.Interpreters;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>Every CPython that this machine has: below pyenv, by name on PATH, or brought beside the machine's own by a script of eng.</summary>
internal static class InstalledPython
{
    public static TheoryData<string> Versions() => ["3.9", "3.10", "3.11", "3.12", "3.13", "3.14"];

    /// <summary>Its real path; the test is skipped where there is none.</summary>
    public static async Task<string> FindAsync(string version)
    {
        Sandbox.RequireLinux();
        string? python = Pyenv(version) ?? InterpreterPath.Find("python" + version) ?? Brought(version);
        Assert.SkipWhen(python is null, $"CPython {version} is not installed here");
        ProbeAnswer answer = await InterpreterProbe.AskAsync(python, TimeProvider.System);
        Assert.SkipWhen(answer.Interpreter is null, answer.Error ?? "");
        Assert.StartsWith(version + ".", answer.Interpreter.Version, StringComparison.Ordinal);
        return answer.Interpreter.Path;
    }

    private static string? Brought(string version) =>
        Checkout.File("artifacts/python", version, "usr/bin/python" + version) is var file && File.Exists(file) ? file : null;

    private static string? Pyenv(string version)
    {
        string root = Environment.GetEnvironmentVariable("PYENV_ROOT") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pyenv");
        string versions = Path.Combine(root, "versions");
        return Directory.Exists(versions)
            ? Directory.GetDirectories(versions, version + ".*").Select(folder => Path.Combine(folder, "bin/python3")).FirstOrDefault(File.Exists)
            : null;
    }
}
