using PolicyLayer.Sdk.Python.Execution;
using PolicyLayer.Sdk.Python.Pool;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Python.Tests.Pool;

/// <summary>When the pool makes interpreters, with none that is real.</summary>
public sealed class FillingTests
{
    private static readonly Preparation Any = new([], Codecs: false, TimeSpan.FromSeconds(1));

    private int _started;
    private bool _isBusy;

    [Fact]
    public async Task Nothing_is_made_while_runs_wait()
    {
        await using InterpreterPool pool = Pool(new InvalidDataException("not to be seen"));
        _isBusy = true;

        await pool.FillAsync(TestContext.Current.CancellationToken);
        Assert.Null(pool.Take(Any));
        Assert.Equal(0, _started);

        _isBusy = false;
        await pool.FillAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, _started);
    }

    [Fact]
    public async Task Start_that_fails_is_tried_again_only_when_somebody_asks()
    {
        await using InterpreterPool pool = Pool(null);

        for (int i = 1; i <= 3; i++)
        {
            await pool.FillAsync(TestContext.Current.CancellationToken);
            Assert.Equal(i, _started);
        }
    }

    [Fact]
    public async Task Disposed_pool_makes_nothing()
    {
        InterpreterPool pool = Pool(null);
        await pool.DisposeAsync();

        await pool.FillAsync(TestContext.Current.CancellationToken);
        pool.Refill();
        await pool.DisposeAsync();

        Assert.Equal(0, _started);
    }

    /// <summary>A thread that blocks in Dispose cannot also take its turn: with a context of one thread that never ended.</summary>
    [Fact]
    public void Dispose_asks_nothing_of_the_callers_context()
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        var context = new Counter();
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            new PythonRunner(new PythonRunnerOptions { PoolSize = 1 }).Dispose();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.Equal(0, context.Posts);
    }

    private InterpreterPool Pool(Exception? fault) => new(
        _ =>
        {
            Interlocked.Increment(ref _started);
            return fault is null ? Task.FromResult<LockedInterpreter?>(null) : Task.FromException<LockedInterpreter?>(fault);
        },
        3,
        TimeSpan.FromMinutes(1),
        new Endings(),
        new WeakReference(this),
        () => _isBusy,
        new ManualTimeProvider());

    private sealed class Counter : SynchronizationContext
    {
        private int _posts;

        public int Posts => _posts;

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _posts);
            base.Post(d, state);
        }
    }
}
