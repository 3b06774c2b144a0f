using System.Diagnostics;
using PolicyLayer.Sdk.Python.Tests.Life;
using PolicyLayer.Sdk.Python.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Python.Tests.Pool;

[Collection(Alone.Name)]
public sealed class WaitingInterpreterTests
{
    [Fact]
    public async Task Waiting_interpreter_is_used_once_and_replaced()
    {
        await using PooledPython python = await PooledPython.WarmAsync(1);
        IReadOnlyList<int> first = python.Processes;

        Assert.Equal("1\n", (await python.RunAsync("print(1)")).Stdout);

        await python.RefilledAsync(1, first);
        Assert.Equal("NameError: name 'kept' is not defined", (await python.RunAsync("print(kept)")).Stderr.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public async Task First_run_fills_the_pool_behind_itself()
    {
        await using PooledPython python = await PooledPython.WarmAsync(2);
        IReadOnlyList<int> first = python.Processes;

        PythonResult[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => python.RunAsync($"print({i})")));

        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"{i}\n"), results.Select(result => result.Stdout));
        await python.RefilledAsync(2, first);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Interpreter_that_died_while_it_waited_is_passed_over_and_replaced(bool killSupervisor)
    {
        await using PooledPython python = await PooledPython.WarmAsync(2);
        IReadOnlyList<int> first = python.Processes;
        foreach (int id in first.Order().Where((_, index) => index % 2 == (killSupervisor ? 0 : 1)))
        {
            Kill(id);
        }

        PythonResult result = await python.RunAsync("print('ran')");

        Assert.Equal((PythonOutcome.Exited, "ran\n", null), (result.Outcome, result.Stdout, result.Error));
        await python.RefilledAsync(2, first);
        Assert.Equal(0, ProcessTable.Zombies());
    }

    [Fact]
    public async Task Interpreter_that_died_is_replaced_without_a_run()
    {
        await using PooledPython python = await PooledPython.WarmAsync(2);
        IReadOnlyList<int> first = python.Processes;

        foreach (int id in first)
        {
            Kill(id);
        }

        await python.RefilledAsync(2, first);
    }

    [Fact]
    public async Task Interpreter_that_waited_too_long_is_replaced()
    {
        var time = new ManualTimeProvider();
        await using PooledPython python = await PooledPython.WarmAsync(2, o => o.PoolMaxAge = TimeSpan.FromMinutes(5), time);
        IReadOnlyList<int> first = python.Processes;

        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(first, python.Processes);
        time.Advance(TimeSpan.FromMinutes(1));

        await python.RefilledAsync(2, first);
        Assert.Equal("1\n", (await python.RunAsync("print(1)")).Stdout);
    }

    [Fact]
    public async Task Dispose_leaves_neither_process_nor_descriptor()
    {
        await using (await PooledPython.WarmAsync(1))
        {
            // so that what the runtime keeps for itself is there already
        }

        int before = ProcessTable.OpenDescriptors();
        PooledPython python = await PooledPython.WarmAsync(3);
        await python.RunAsync("pass");
        await python.Runner.DisposeAsync();

        Assert.Empty(python.Processes);
        Assert.Equal(0, ProcessTable.Zombies());
        Assert.InRange(ProcessTable.OpenDescriptors(), 0, before + 2);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => python.RunAsync("pass"));
        await python.DisposeAsync();
    }

    [Fact]
    public async Task Dispose_while_the_pool_is_filled_leaves_nothing()
    {
        for (int i = 0; i < 10; i++)
        {
            PooledPython python = await PooledPython.WarmAsync(1);
            await python.RunAsync("pass");
            python.Runner.Dispose();
            Assert.Empty(python.Processes);
            await python.DisposeAsync();
        }
    }

    [Fact]
    public async Task Pool_of_a_forgotten_runner_ends_with_its_age()
    {
        var time = new ManualTimeProvider();
        using var folder = new TemporaryFolder();
        string python = folder.Interpreter(await Sandbox.RealPythonAsync());
        await ForgetAsync(python, time);
        Assert.Equal(2, ProcessTable.StartedBy(python).Count);

        await ProcessTable.EventuallyAsync(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                time.Advance(TimeSpan.FromHours(1));
                return ProcessTable.StartedBy(python).Count == 0;
            },
            "the pool of a forgotten runner stayed");

        static async Task ForgetAsync(string path, TimeProvider time) => await Sandbox.Runner(
            o =>
            {
                o.PythonPath = path;
                o.PoolSize = 1;
            },
            time).WarmUpAsync(TestContext.Current.CancellationToken);
    }

    private static void Kill(int id)
    {
        using Process process = Process.GetProcessById(id);
        process.Kill();
    }
}
