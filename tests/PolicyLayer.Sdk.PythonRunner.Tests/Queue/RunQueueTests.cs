using PolicyLayer.Sdk.Python.Queue;

namespace PolicyLayer.Sdk.Python.Tests.Queue;

public sealed class RunQueueTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly List<string> _entered = [];

    [Fact]
    public async Task Places_are_given_at_once_while_there_are_some()
    {
        var queue = new RunQueue(2, 0);

        Assert.Null(await EnterAsync(queue, "a"));
        Assert.Null(await EnterAsync(queue, "a"));
        Assert.NotNull(await EnterAsync(queue, "a"));
        queue.Leave(Second);
        Assert.Null(await EnterAsync(queue, "a"));
    }

    [Fact]
    public async Task Callers_take_turns_however_many_runs_each_has()
    {
        var queue = new RunQueue(1, 10);
        await EnterAsync(queue, "first");
        Task[] waiting = [.. "aaabbc".Select(caller => EnterAndSayAsync(queue, caller.ToString()))];

        while (waiting.Length > 0)
        {
            queue.Leave(Second);
            Task next = await Task.WhenAny(waiting);
            await next;
            waiting = [.. waiting.Where(task => task != next)];
        }

        Assert.Equal(["a", "b", "c", "a", "b", "a"], _entered);
    }

    [Fact]
    public async Task Full_queue_refuses_with_the_time_that_those_before_will_take()
    {
        var queue = new RunQueue(2, 3);
        await EnterAsync(queue, "a");
        await EnterAsync(queue, "a");
        queue.Leave(TimeSpan.FromSeconds(5));
        await EnterAsync(queue, "a");
        Task<TimeSpan?>[] waiting = [.. Enumerable.Range(0, 3).Select(_ => EnterAsync(queue, "a"))];

        Assert.Equal(TimeSpan.FromSeconds(10), await EnterAsync(queue, "a"));
        Assert.All(waiting, task => Assert.False(task.IsCompleted));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.001, 1)]
    [InlineData(3600, 60)]
    public async Task Time_to_retry_is_from_a_second_to_a_minute(double took, int expected)
    {
        var queue = new RunQueue(1, 0);
        await EnterAsync(queue, "a");
        queue.Leave(TimeSpan.FromSeconds(took));
        await EnterAsync(queue, "a");

        Assert.Equal(TimeSpan.FromSeconds(expected), await EnterAsync(queue, "b"));
    }

    [Fact]
    public async Task Caller_with_the_most_waiting_gives_way_in_a_full_queue()
    {
        var queue = new RunQueue(1, 3);
        await EnterAsync(queue, "greedy");
        Task<TimeSpan?>[] greedy = [.. Enumerable.Range(0, 3).Select(_ => EnterAsync(queue, "greedy"))];

        Task<TimeSpan?> modest = EnterAsync(queue, "modest");

        Assert.NotNull(await greedy[2]);
        Assert.False(greedy[0].IsCompleted || greedy[1].IsCompleted || modest.IsCompleted);
        Assert.NotNull(await EnterAsync(queue, "modest"));
        queue.Leave(Second);
        queue.Leave(Second);
        Assert.Null(await greedy[0]);
        Assert.Null(await modest);
    }

    [Fact]
    public async Task Cancellation_leaves_the_queue_at_once_and_makes_room()
    {
        var queue = new RunQueue(1, 1);
        await EnterAsync(queue, "a");
        using var cancellation = new CancellationTokenSource();
        Task<TimeSpan?> waiting = queue.EnterAsync("a", null, cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Task<TimeSpan?> next = EnterAsync(queue, "a");
        queue.Leave(Second);
        Assert.Null(await next);
    }

    /// <summary>What a host's progress throws ended the run and left its waiter behind, which was given a place for good.</summary>
    [Fact]
    public async Task Waiter_whose_news_throw_leaves_the_queue()
    {
        var queue = new RunQueue(1, 1);
        await EnterAsync(queue, "a");

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => queue.EnterAsync("b", static () => throw new InvalidOperationException(), TestContext.Current.CancellationToken).AsTask());

        Task<TimeSpan?> next = EnterAsync(queue, "c");
        Assert.False(next.IsCompleted);
        queue.Leave(Second);
        Assert.Null(await next);
    }

    [Fact]
    public async Task Place_given_while_the_news_throw_goes_to_the_next()
    {
        var queue = new RunQueue(1, 1);
        await EnterAsync(queue, "a");

        await Assert.ThrowsAsync<InvalidOperationException>(() => queue.EnterAsync("b", GivenAndThrows, TestContext.Current.CancellationToken).AsTask());

        Assert.True(EnterAsync(queue, "c").IsCompletedSuccessfully);
        Task closed = queue.CloseAsync();
        queue.Leave(Second);
        await closed;

        void GivenAndThrows()
        {
            queue.Leave(Second);
            throw new InvalidOperationException();
        }
    }

    [Fact]
    public async Task Close_sends_away_who_waits_and_waits_for_who_runs()
    {
        var queue = new RunQueue(1, 5);
        await EnterAsync(queue, "a");
        Task<TimeSpan?>[] waiting = [EnterAsync(queue, "a"), EnterAsync(queue, "b")];

        Task closed = queue.CloseAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting[0]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting[1]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EnterAsync(queue, "c"));
        Assert.False(closed.IsCompleted);
        queue.Leave(Second);
        await closed;
    }

    [Fact]
    public async Task Random_comings_and_goings_never_exceed_the_bounds_and_lose_nobody()
    {
        var random = new Random(20260101);
        var queue = new RunQueue(3, 5);
        var open = new List<(Task<TimeSpan?> Task, CancellationTokenSource Cancel)>();
        int running = 0;
        for (int i = 0; i < 3000; i++)
        {
            switch (random.Next(3))
            {
                case 0:
                    var cancel = new CancellationTokenSource();
                    open.Add((queue.EnterAsync($"caller {random.Next(4)}", null, cancel.Token).AsTask(), cancel));
                    break;
                case 1 when open.Count > 0:
                    await open[random.Next(open.Count)].Cancel.CancelAsync();
                    break;
                case 2 when running > 0:
                    queue.Leave(Second);
                    running--;
                    break;
                default:
                    break;
            }

            // What was granted or refused by the call above is known to its task a moment later.
            foreach ((Task<TimeSpan?> task, CancellationTokenSource cancel) in open.ToArray())
            {
                if (task.IsCompleted)
                {
                    running += task.IsCompletedSuccessfully && await task is null ? 1 : 0;
                    open.Remove((task, cancel));
                    cancel.Dispose();
                }
            }

            Assert.InRange(running, 0, 3);
        }

        Task closed = queue.CloseAsync();
        foreach ((Task<TimeSpan?> task, _) in open)
        {
            await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            running += task.IsCompletedSuccessfully && await task is null ? 1 : 0;
        }

        for (; running > 0; running--)
        {
            Assert.False(closed.IsCompleted);
            queue.Leave(Second);
        }

        await closed;
    }

    private static Task<TimeSpan?> EnterAsync(RunQueue queue, string caller) =>
        queue.EnterAsync(caller, null, TestContext.Current.CancellationToken).AsTask();

    private async Task EnterAndSayAsync(RunQueue queue, string caller)
    {
        Assert.Null(await EnterAsync(queue, caller));
        lock (_entered)
        {
            _entered.Add(caller);
        }
    }
}
