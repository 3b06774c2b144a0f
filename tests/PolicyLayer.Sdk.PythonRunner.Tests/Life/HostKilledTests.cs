using System.Diagnostics;
using System.Globalization;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Life;

[Collection(Alone.Name)]
public sealed class HostKilledTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Host_that_is_killed_leaves_no_Python(int pool)
    {
        string python = _folder.Interpreter(await Sandbox.RealPythonAsync());
        using Process host = Process.Start(new ProcessStartInfo("dotnet", [HostAssembly(), python, pool.ToString(CultureInfo.InvariantCulture)]))!;
        try
        {
            await ProcessTable.EventuallyAsync(() => ProcessTable.StartedBy(python).Count == 2 * (1 + pool), "supervisors and workers never appeared");
        }
        finally
        {
            host.Kill();
        }

        await host.WaitForExitAsync(TestContext.Current.CancellationToken);
        await ProcessTable.EventuallyAsync(() => ProcessTable.StartedBy(python).Count == 0, "Python outlived its host");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Supervisor_that_is_killed_takes_the_worker_along_and_is_told_apart(int pool)
    {
        await using PooledPython python = await PooledPython.WarmAsync(pool);
        var begun = new Begun();
        Task<PythonResult> run = python.Runner.RunAsync(
            "print('before', flush=True)\nwhile True: pass", new PythonRunOptions { Progress = begun }, TestContext.Current.CancellationToken);
        IReadOnlyList<int> processes = await begun.WaitAsync(() => python.Processes);

        using Process supervisor = Process.GetProcessById(processes.Min());
        supervisor.Kill();

        PythonResult result = await run;
        Assert.Equal((PythonOutcome.Unavailable, -1), (result.Outcome, result.ReturnCode));
        Assert.StartsWith("The Python supervisor failed:", result.Error, StringComparison.Ordinal);
        Assert.True(result.Isolation.Level >= IsolationLevel.Kernel, "it had begun");
        await ProcessTable.EventuallyAsync(() => !python.Processes.Intersect(processes).Any(), "the worker outlived its supervisor");
    }

    [Fact]
    public async Task Worker_that_is_killed_is_told_apart_from_a_supervisor_that_is()
    {
        string python = _folder.Interpreter(await Sandbox.RealPythonAsync());
        PythonRunner runner = Sandbox.Runner(o => o.PythonPath = python);
        Task<PythonResult> run = runner.RunAsync("print('before', flush=True)\nwhile True: pass", null, TestContext.Current.CancellationToken);
        await ProcessTable.EventuallyAsync(() => ProcessTable.StartedBy(python).Count == 2, "supervisor and worker never appeared");
        await ProcessTable.EventuallyAsync(() => ProcessTable.IsBusy(ProcessTable.StartedBy(python).Max()), "the worker never worked");

        using Process worker = Process.GetProcessById(ProcessTable.StartedBy(python).Max());
        worker.Kill();

        PythonResult result = await run;
        Assert.Equal((PythonOutcome.Signaled, 128 + 9, "before\n"), (result.Outcome, result.ReturnCode, result.Stdout));
        await ProcessTable.EventuallyAsync(() => ProcessTable.StartedBy(python).Count == 0, "the supervisor never ended");
    }

    private static string HostAssembly() => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        "../../PolicyLayer.Sdk.PythonRunner.TestHost",
        Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')),
        "PolicyLayer.Sdk.PythonRunner.TestHost.dll"));

    private sealed class Begun : IProgress<PythonRunPhase>
    {
        private readonly TaskCompletionSource _running = new();

        /// <summary>Looks once the code has been handed over.</summary>
        public async Task<T> WaitAsync<T>(Func<T> look)
        {
            await _running.Task.WaitAsync(TestContext.Current.CancellationToken);
            return look();
        }

        public void Report(PythonRunPhase value)
        {
            if (value == PythonRunPhase.Running)
            {
                _running.TrySetResult();
            }
        }
    }
}
