namespace PolicyLayer.Sdk.Python.Queue;

/// <summary>Lets so many runs go on at once, so many wait, and gives each caller its turn.</summary>
internal sealed class RunQueue(int maxRunning, int maxWaiting)
{
    private static readonly TimeSpan LeastRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostRetry = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private readonly LinkedList<Line> _turns = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _usual;
    private int _running;
    private int _waiting;
    private bool _isClosed;

    /// <summary>Whether runs wait, so that every processor has something better to do than to prepare for more.</summary>
    public bool IsBusy => Volatile.Read(ref _waiting) > 0;

    /// <summary>Waits for a place; who has one must <see cref="Leave"/>.</summary>
    /// <param name="caller">Whose run it is.</param>
    /// <param name="queued">Is called when it has to wait. What it throws takes it out of the queue.</param>
    /// <param name="cancellationToken">Takes it out of the queue at once.</param>
    /// <returns>Null with a place; without one, when to try again: the queue is full.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled, or the queue was closed.</exception>
    public async ValueTask<TimeSpan?> EnterAsync(string caller, Action? queued, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (_isClosed)
            {
                throw new OperationCanceledException("the runner was disposed");
            }

            if (_running < maxRunning)
            {
                _running++;
                return null;
            }

            if (_waiting >= maxWaiting && !MakesRoomFor(caller))
            {
                return RetryAfter();
            }

            waiter = Add(caller);
        }

        try
        {
            queued?.Invoke();
        }
        catch
        {
            Abandon(waiter);
            throw;
        }

        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            (_, token) => Withdraw(waiter, token), null);
        return await waiter.Task.ConfigureAwait(false);
    }

    /// <summary>Gives the place to the next.</summary>
    /// <param name="took">How long it was held.</param>
    public void Leave(TimeSpan took)
    {
        lock (_lock)
        {
            _usual = _usual == TimeSpan.Zero ? took : (_usual * 0.8) + (took * 0.2);
            PassOn();
        }
    }

    /// <summary>Lets nobody in any more, sends those away who wait, and is done when the last has left.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            while (_turns.First?.Value.Waiters.First?.Value is { } waiter)
            {
                Remove(waiter);
                waiter.TrySetCanceled();
            }

            TellWhenEmpty();
            return _empty.Task;
        }
    }

    /// <summary>In a full queue, who has the most waiting gives up the last of them to a caller that has fewer: nobody can fill it against the others.</summary>
    private bool MakesRoomFor(string caller)
    {
        Line? longest = _lines.Values.MaxBy(static line => line.Waiters.Count);
        int own = _lines.TryGetValue(caller, out Line? line) ? line.Waiters.Count : 0;
        if (longest is null || longest.Waiters.Count <= own + 1)
        {
            return false;
        }

        Waiter displaced = longest.Waiters.Last!.Value;
        Remove(displaced);
        displaced.TrySetResult(RetryAfter());
        return true;
    }

    /// <summary>When those who wait now will have run, at the pace of late.</summary>
    private TimeSpan RetryAfter()
    {
        TimeSpan estimate = _usual * (_waiting + 1) / maxRunning;
        return TimeSpan.FromSeconds(Math.Ceiling(Math.Clamp(estimate.TotalSeconds, LeastRetry.TotalSeconds, MostRetry.TotalSeconds)));
    }

    private Waiter Add(string caller)
    {
        if (!_lines.TryGetValue(caller, out Line? line))
        {
            line = new Line(caller);
            _lines.Add(caller, line);
            _turns.AddLast(line);
        }

        var waiter = new Waiter(line);
        waiter.Place = line.Waiters.AddLast(waiter);
        _waiting++;
        return waiter;
    }

    private void Withdraw(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (waiter.Place?.List is not null)
            {
                Remove(waiter);
                waiter.TrySetCanceled(cancellationToken);
            }
        }
    }

    /// <summary>For one that nobody awaits any more: a place that it was given meanwhile is the next one's.</summary>
    private void Abandon(Waiter waiter)
    {
        lock (_lock)
        {
            if (waiter.Place?.List is not null)
            {
                Remove(waiter);
            }
            else if (waiter.Task is { IsCompletedSuccessfully: true, Result: null })
            {
                PassOn();
            }
        }
    }

    /// <summary>Gives a place that is free to the next, or takes it back.</summary>
    private void PassOn()
    {
        if (_turns.First?.Value is { } line)
        {
            Waiter next = line.Waiters.First!.Value;
            Remove(next);
            if (line.Waiters.Count > 0)
            {
                _turns.Remove(line);
                _turns.AddLast(line);
            }

            next.TrySetResult(null);
            return;
        }

        _running--;
        TellWhenEmpty();
    }

    private void Remove(Waiter waiter)
    {
        waiter.Line.Waiters.Remove(waiter.Place!);
        _waiting--;
        if (waiter.Line.Waiters.Count == 0)
        {
            _lines.Remove(waiter.Line.Caller);
            _turns.Remove(waiter.Line);
        }
    }

    private void TellWhenEmpty()
    {
        if (_isClosed && _running == 0)
        {
            _empty.TrySetResult();
        }
    }

    /// <summary>The waiting runs of one caller.</summary>
    private sealed class Line(string caller)
    {
        public string Caller { get; } = caller;

        public LinkedList<Waiter> Waiters { get; } = new();
    }

    private sealed class Waiter(Line line) : TaskCompletionSource<TimeSpan?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public Line Line { get; } = line;

        public LinkedListNode<Waiter>? Place { get; set; }
    }
}
