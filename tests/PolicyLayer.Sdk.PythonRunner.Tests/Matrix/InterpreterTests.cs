using PolicyLayer.Sdk.Python.Interpreters;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>The same on every CPython that this machine has, by name on PATH or below pyenv.</summary>
public sealed class InterpreterTests
{
    [Theory]
    [InlineData("3.9")]
    [InlineData("3.10")]
    [InlineData("3.11")]
    [InlineData("3.12")]
    [InlineData("3.13")]
    [InlineData("3.14")]
    public async Task Payloads_are_held_and_work_without(string version)
    {
        Sandbox.RequireLinux();
        string? python = Find(version);
        Assert.SkipWhen(python is null, $"CPython {version} is not installed here");
        ProbeAnswer answer = await InterpreterProbe.AskAsync(python, TimeProvider.System);
        Assert.SkipWhen(answer.Interpreter is null, answer.Error ?? "");
        Assert.StartsWith(version + ".", answer.Interpreter.Version, StringComparison.Ordinal);
        Payload[] tried = MatrixRun.IsFull ? [.. Payloads.All] : [.. Payloads.All.GroupBy(payload => (payload.Category, payload.Helper)).Select(group => group.First())];

        await MatrixRun.JudgeAsync([], answer.Interpreter.Path, tried);
        await MatrixRun.JudgeAsync(Layer.Switchable, answer.Interpreter.Path, tried);
    }

    private static string? Find(string version) => Pyenv(version) ?? InterpreterPath.Find("python" + version);

    private static string? Pyenv(string version)
    {
        string root = Environment.GetEnvironmentVariable("PYENV_ROOT") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pyenv");
        string versions = Path.Combine(root, "versions");
        return Directory.Exists(versions)
            ? Directory.GetDirectories(versions, version + ".*").Select(folder => Path.Combine(folder, "bin/python3")).FirstOrDefault(File.Exists)
            : null;
    }
}
