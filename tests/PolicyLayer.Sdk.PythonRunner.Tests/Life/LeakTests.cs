using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Life;

[Collection(Alone.Name)]
public sealed class LeakTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_hundred_runs_leave_neither_descriptor_nor_zombie()
    {
        string python = _folder.Interpreter(await Sandbox.RealPythonAsync());
        PythonRunner runner = Sandbox.Runner(o => o.PythonPath = python);
        await RunAsync(runner, 20);
        int before = ProcessTable.OpenDescriptors();

        await RunAsync(runner, 200);

        // The runtime itself may open one or two meanwhile; a leak would be hundreds.
        Assert.InRange(ProcessTable.OpenDescriptors(), 0, before + 10);
        Assert.Equal(0, ProcessTable.Zombies());
        Assert.Empty(ProcessTable.StartedBy(python));
    }

    private static async Task RunAsync(PythonRunner runner, int count)
    {
        for (int i = 0; i < count; i += 4)
        {
            PythonResult[] results = await Task.WhenAll(
                Enumerable.Range(0, 4).Select(_ => runner.RunAsync("print(1)", null, TestContext.Current.CancellationToken)));
            Assert.All(results, result => Assert.Equal("1\n", result.Stdout));
        }
    }
}
