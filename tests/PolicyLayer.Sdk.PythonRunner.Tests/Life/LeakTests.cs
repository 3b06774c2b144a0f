using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Life;

[Collection(Alone.Name)]
public sealed class LeakTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Many_runs_leave_neither_process_nor_descriptor(int pool)
    {
        string python = _folder.Interpreter(await Sandbox.RealPythonAsync());
        await RunAsync(20);
        int before = ProcessTable.OpenDescriptors();

        await RunAsync(300);

        // The runtime itself may open one or two meanwhile; a leak would be hundreds.
        Assert.InRange(ProcessTable.OpenDescriptors(), 0, before + 10);
        Assert.Equal(0, ProcessTable.Zombies());
        Assert.Empty(ProcessTable.StartedBy(python));

        async Task RunAsync(int count)
        {
            await using PythonRunner runner = Sandbox.Runner(o =>
            {
                o.PythonPath = python;
                o.PoolSize = pool;
            });
            for (int i = 0; i < count; i += 4)
            {
                PythonResult[] results = await Task.WhenAll(
                    Enumerable.Range(0, 4).Select(_ => runner.RunAsync("print(1)", null, TestContext.Current.CancellationToken)));
                Assert.All(results, result => Assert.Equal("1\n", result.Stdout));
            }
        }
    }
}
