using PolicyLayer.Sdk.Python.Interpreters;

namespace PolicyLayer.Sdk.Python.Tests.Support;

/// <summary>Runs code the way most tests want it, and skips them with a reason where that cannot be.</summary>
internal static class Sandbox
{
    public static async Task<PythonResult> RunAsync(string code, Action<PythonRunnerOptions>? configure = null, TimeSpan? timeout = null)
    {
        await using PythonRunner runner = Runner(configure);
        PythonResult result = await runner.RunAsync(code, new PythonRunOptions { Timeout = timeout }, TestContext.Current.CancellationToken);
        return result;
    }

    /// <summary>A runner without a pool, unless the test says otherwise: each run then starts its own interpreter.</summary>
    public static PythonRunner Runner(Action<PythonRunnerOptions>? configure = null, TimeProvider? time = null)
    {
        RequireLinux();
        var options = new PythonRunnerOptions { PoolSize = 0 };
        configure?.Invoke(options);
        return new PythonRunner(options, time);
    }

    /// <summary>Everything switched off that stands between a payload and the kernel, but for the layers a test is about.</summary>
    public static void Without(this PythonRunnerOptions options, params string[] layers)
    {
        options.MinimumIsolation = IsolationLevel.None;
        options.AllowUnsandboxedExecution = true;
        foreach (string layer in layers)
        {
            options.DisabledLayers.Add(layer);
        }
    }

    public static void Allow(this PythonRunnerOptions options, params string[] modules)
    {
        foreach (string module in modules)
        {
            options.AllowedModules.Add(module);
        }
    }

    public static void RequireLinux()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the sandbox is made of Linux kernel features");
        Assert.SkipUnless(InterpreterPath.Find("python3") is not null, "python3 is not on PATH");
    }

    /// <summary>The file behind `python3`, which may be a script that looks for the real one.</summary>
    public static async Task<string> RealPythonAsync()
    {
        RequireLinux();
        ProbeAnswer answer = await InterpreterProbe.AskAsync("python3", TimeProvider.System);
        Assert.Null(answer.Error);
        return answer.Interpreter!.Path;
    }

    public static string Program(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Programs", name));
}
