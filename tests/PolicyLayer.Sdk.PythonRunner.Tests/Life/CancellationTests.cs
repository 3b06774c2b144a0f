using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Life;

[Collection(Alone.Name)]
public sealed class CancellationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Cancelled_run_leaves_no_process(int pool)
    {
        string python = _folder.Interpreter(await Sandbox.RealPythonAsync());
        PythonRunner runner = Sandbox.Runner(o =>
        {
            o.PythonPath = python;
            o.PoolSize = pool;
        });
        await runner.WarmUpAsync(TestContext.Current.CancellationToken);
        using var cancellation = new CancellationTokenSource();

        Task<PythonResult> run = runner.RunAsync("while True: pass", null, cancellation.Token);
        await ProcessTable.EventuallyAsync(() => ProcessTable.StartedBy(python).Count == 2, "supervisor and worker never appeared");
        IReadOnlyList<int> running = ProcessTable.StartedBy(python);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(ProcessTable.StartedBy(python).Intersect(running));
        await runner.DisposeAsync();
        Assert.Empty(ProcessTable.StartedBy(python));
        Assert.Equal(0, ProcessTable.Zombies());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Run_cancelled_at_any_moment_leaves_no_process(int pool)
    {
        string python = _folder.Interpreter(await Sandbox.RealPythonAsync());
        PythonRunner runner = Sandbox.Runner(o =>
        {
            o.PythonPath = python;
            o.PoolSize = pool;
        });
        await runner.RunAsync("pass", null, TestContext.Current.CancellationToken);
        for (int i = 0; i < 40; i++)
        {
            using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(i), TimeProvider.System);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync("while True: pass", null, cancellation.Token));
        }

        await runner.DisposeAsync();
        Assert.Empty(ProcessTable.StartedBy(python));
        Assert.Equal(0, ProcessTable.Zombies());
    }

    /// <summary>By a clock on which no patience ever ends: nobody is killed for being slow, so the supervisor must hear of it by itself.</summary>
    [Theory]
    [InlineData("while True: print('x' * 1000)")]
    [InlineData("import sys\nwhile True: sys.stderr.write('x' * 1000)")]
    public async Task Run_cancelled_in_a_flood_ends_by_itself(string code)
    {
        string python = _folder.Interpreter(await Sandbox.RealPythonAsync());
        PythonRunner runner = Sandbox.Runner(
            o =>
            {
                o.PythonPath = python;
                o.Allow("sys");
                (o.MaxStdoutBytes, o.MaxStderrBytes) = (64 * 1024 * 1024, 64 * 1024 * 1024);
            },
            new StoppedTime());
        using var cancellation = new CancellationTokenSource();

        Task<PythonResult> run = runner.RunAsync(code, new PythonRunOptions { Progress = new Clogged(python, cancellation) }, cancellation.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Empty(ProcessTable.StartedBy(python));
        Assert.Equal(0, ProcessTable.Zombies());
    }

    [Fact]
    public async Task Cancelled_before_the_start_starts_nothing() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sandbox.Runner().RunAsync("print(1)", null, new CancellationToken(canceled: true)));

    /// <summary>Keeps the host from reading until all pipes are full, and cancels then.</summary>
    private sealed class Clogged(string python, CancellationTokenSource cancellation) : IProgress<PythonRunPhase>
    {
        public void Report(PythonRunPhase value)
        {
            if (value == PythonRunPhase.Running)
            {
                int asleep = 0;
                ProcessTable.EventuallyAsync(
                    () => (asleep = ProcessTable.StartedBy(python).All(ProcessTable.IsAsleep) ? asleep + 1 : 0) == 20, "the worker never had to wait").GetAwaiter().GetResult();
                cancellation.Cancel();
            }
        }
    }
}
