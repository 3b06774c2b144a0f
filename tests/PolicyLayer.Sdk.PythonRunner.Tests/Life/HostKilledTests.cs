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

    [Fact]
    public async Task Supervisor_that_is_killed_takes_the_worker_along()
    {
        string python = _folder.Interpreter(await Sandbox.RealPythonAsync());
        PythonRunner runner = Sandbox.Runner(o => o.PythonPath = python);
        Task<PythonResult> run = runner.RunAsync("while True: pass", null, TestContext.Current.CancellationToken);
        await ProcessTable.EventuallyAsync(() => ProcessTable.StartedBy(python).Count == 2, "supervisor and worker never appeared");

        using Process supervisor = Process.GetProcessById(ProcessTable.StartedBy(python).Min());
        supervisor.Kill();

        Assert.Equal(PythonOutcome.Unavailable, (await run).Outcome);
        await ProcessTable.EventuallyAsync(() => ProcessTable.StartedBy(python).Count == 0, "the worker outlived its supervisor");
    }

    private static string HostAssembly() => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        "../../PolicyLayer.Sdk.PythonRunner.TestHost",
        Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')),
        "PolicyLayer.Sdk.PythonRunner.TestHost.dll"));
}
