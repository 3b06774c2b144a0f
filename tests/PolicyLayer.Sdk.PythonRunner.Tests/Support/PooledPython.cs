namespace PolicyLayer.Sdk.Python.Tests.Support;

/// <summary>A runner with a pool, whose processes are found by a path that nobody else uses.</summary>
internal sealed class PooledPython : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private PooledPython()
    {
    }

    public PythonRunner Runner { get; private set; } = null!;

    public string Path { get; private set; } = "";

    /// <summary>The processes: a supervisor and a worker for each interpreter.</summary>
    public IReadOnlyList<int> Processes => ProcessTable.StartedBy(Path);

    public static async Task<PooledPython> WarmAsync(int size, Action<PythonRunnerOptions>? configure = null, TimeProvider? time = null)
    {
        var python = new PooledPython();
        python.Path = python._folder.Interpreter(await Sandbox.RealPythonAsync());
        python.Runner = Sandbox.Runner(
            o =>
            {
                o.PythonPath = python.Path;
                o.PoolSize = size;
                configure?.Invoke(o);
            },
            time);
        await python.Runner.WarmUpAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2 * size, python.Processes.Count);
        return python;
    }

    public Task<PythonResult> RunAsync(string code, TimeSpan? timeout = null) =>
        Runner.RunAsync(code, new PythonRunOptions { Timeout = timeout }, TestContext.Current.CancellationToken);

    /// <summary>Waits until the pool is full again, with others than these.</summary>
    public Task RefilledAsync(int size, IEnumerable<int> others) => ProcessTable.EventuallyAsync(
        () => Processes is { } now && now.Count == 2 * size && !now.Intersect(others).Any(), "the pool was not filled again");

    public async ValueTask DisposeAsync()
    {
        await Runner.DisposeAsync();
        _folder.Dispose();
    }
}
