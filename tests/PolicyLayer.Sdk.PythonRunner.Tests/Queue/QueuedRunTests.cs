using System.Collections.Concurrent;
using System.Text.Json;
using PolicyLayer.Sdk.Python.Tests.Life;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Queue;

[Collection(Alone.Name)]
public sealed class QueuedRunTests
{
    [Fact]
    public async Task Run_that_finds_the_queue_full_is_refused_with_a_time()
    {
        await using PythonRunner runner = Sandbox.Runner(o =>
        {
            o.MaxConcurrentRuns = 1;
            o.MaxQueuedRuns = 0;
        });
        using var cancellation = new CancellationTokenSource();
        Task<PythonResult> first = runner.RunAsync("while True: pass", null, cancellation.Token);

        PythonResult second = await runner.RunAsync("print(1)", null, TestContext.Current.CancellationToken);

        Assert.Equal((PythonOutcome.Refused, -1, TimeSpan.FromSeconds(1)), (second.Outcome, second.ReturnCode, second.RetryAfter));
        Assert.Equal("As many runs wait as may (0). Try again in 1 s. Nothing was started.", second.Error);
        JsonElement json = second.ToJson();
        Assert.Equal(1000, json.GetProperty("retry_after_ms").GetInt32());
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal("1\n", (await runner.RunAsync("print(1)", null, TestContext.Current.CancellationToken)).Stdout);
    }

    [Fact]
    public async Task No_more_than_allowed_go_on_at_once()
    {
        await using PooledPython python = await PooledPython.WarmAsync(0, o => o.MaxConcurrentRuns = 3);
        Task<PythonResult[]> all = Task.WhenAll(Enumerable.Range(0, 40).Select(i => python.RunAsync($"print({i})")));
        var seen = new List<int>();
        while (!all.IsCompleted)
        {
            seen.Add(python.Processes.Count);
        }

        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"{i}\n"), (await all).Select(result => result.Stdout));

        // Two processes a run; those of runs just over may be on their way out.
        Assert.InRange(seen.Max(), 1, 2 * 3 * 2);
    }

    [Fact]
    public async Task Phases_are_told_in_their_order()
    {
        await using PythonRunner runner = Sandbox.Runner(o => o.MaxConcurrentRuns = 1);
        var first = new Recorder();
        var second = new Recorder();
        using var cancellation = new CancellationTokenSource();
        Task<PythonResult> endless = runner.RunAsync("while True: pass", new PythonRunOptions { Progress = first }, cancellation.Token);
        Task<PythonResult> waiting = runner.RunAsync("print(1)", new PythonRunOptions { Progress = second }, TestContext.Current.CancellationToken);

        await ProcessTable.EventuallyAsync(() => first.Phases.Contains(PythonRunPhase.Running), "the first never ran");
        Assert.Equal([PythonRunPhase.Queued], second.Phases);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        await waiting;

        Assert.Equal([PythonRunPhase.Starting, PythonRunPhase.Running], first.Phases);
        Assert.Equal([PythonRunPhase.Queued, PythonRunPhase.Starting, PythonRunPhase.Running], second.Phases);
    }

    public static TheoryData<PythonRunPhase, Exception> Throws() => new()
    {
        { PythonRunPhase.Starting, new IOException("the client is gone") },
        { PythonRunPhase.Running, new IOException("the client is gone") },
        { PythonRunPhase.Running, new InvalidDataException("no message") },
        { PythonRunPhase.Running, new OperationCanceledException("the session has ended") },
    };

    /// <summary>What the host's own code throws was taken for a time-out of the program, or for a supervisor that failed.</summary>
    [Theory]
    [MemberData(nameof(Throws), DisableDiscoveryEnumeration = true)]
    public async Task What_progress_throws_ends_the_run_and_reaches_the_caller(PythonRunPhase phase, Exception thrown)
    {
        await using PooledPython python = await PooledPython.WarmAsync(0);
        var options = new PythonRunOptions { Progress = new Thrower(phase, thrown) };

        Exception caught = await Assert.ThrowsAnyAsync<Exception>(() => python.Runner.RunAsync("while True: pass", options, TestContext.Current.CancellationToken));

        Assert.Same(thrown, caught);
        Assert.Empty(python.Processes);
        Assert.Equal("1\n", (await python.RunAsync("print(1)")).Stdout);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Dispose_ends_what_runs_and_what_waits(int pool)
    {
        PooledPython python = await PooledPython.WarmAsync(pool, o => o.MaxConcurrentRuns = 1);
        await python.RunAsync("pass"); // the interpreter is asked what it is by a process of its own
        Task<PythonResult>[] runs = [.. Enumerable.Range(0, 3).Select(_ => python.RunAsync("while True: pass"))];

        await python.Runner.DisposeAsync();

        foreach (Task<PythonResult> run in runs)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        }

        Assert.Empty(python.Processes);
        await python.DisposeAsync();
    }

    private sealed class Recorder : IProgress<PythonRunPhase>
    {
        public ConcurrentQueue<PythonRunPhase> Phases { get; } = new();

        public void Report(PythonRunPhase value) => Phases.Enqueue(value);
    }

    private sealed class Thrower(PythonRunPhase phase, Exception thrown) : IProgress<PythonRunPhase>
    {
        public void Report(PythonRunPhase value)
        {
            if (value == phase)
            {
                throw thrown;
            }
        }
    }
}
