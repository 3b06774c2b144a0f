using PolicyLayer.Sdk.Python.Execution;

namespace PolicyLayer.Sdk.Python.Pool;

/// <summary>Interpreters that are locked already and wait for code. Each is used once; others are made in the background.</summary>
internal sealed class InterpreterPool : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task<LockedInterpreter?>> _start;
    private readonly int _size;
    private readonly TimeSpan _maxAge;
    private readonly WeakReference _owner;
    private readonly Func<bool> _isBusy;
    private readonly TimeProvider _time;
    private readonly ITimer _aging;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<(LockedInterpreter Interpreter, long Since)> _waiting = [];
    private readonly Endings _endings;
    private Task _filling = Task.CompletedTask;
    private Task? _disposal;
    private int _lost;

    /// <param name="start">Makes one; null when that cannot be.</param>
    /// <param name="size">How many wait.</param>
    /// <param name="maxAge">How long one waits before another takes its place.</param>
    /// <param name="endings">Where those go that are of no more use.</param>
    /// <param name="owner">Who takes them: collected without a word, nobody needs another.</param>
    /// <param name="isBusy">Whether runs wait: none is made then, because that would make them wait longer.</param>
    /// <param name="time">The clock of the ages.</param>
    public InterpreterPool(Func<CancellationToken, Task<LockedInterpreter?>> start, int size, TimeSpan maxAge, Endings endings, WeakReference owner, Func<bool> isBusy, TimeProvider time)
    {
        _start = start;
        _size = size;
        _maxAge = maxAge;
        _endings = endings;
        _owner = owner;
        _isBusy = isBusy;
        _time = time;
        _aging = time.CreateTimer(static pool => ((InterpreterPool)pool!).RetireOld(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// The longest waiting interpreter that is alive and suits the program, which is the caller's to dispose, with
    /// <see cref="Refill"/> behind it: making another at once would slow down the run. Null when there is none.
    /// </summary>
    public LockedInterpreter? Take(Preparation wanted)
    {
        lock (_lock)
        {
            _lost = 0; // somebody needs them, so it is worth another try
            Retire(static waiting => !waiting.Interpreter.IsAlive);
            int index = _waiting.FindIndex(waiting => waiting.Interpreter.Suits(wanted));
            LockedInterpreter? taken = index < 0 ? null : _waiting[index].Interpreter;
            if (taken is not null)
            {
                _waiting.RemoveAt(index);
            }
            else
            {
                Fill();
            }

            return taken;
        }
    }

    /// <summary>Makes another in the background for each that was taken.</summary>
    public void Refill()
    {
        lock (_lock)
        {
            Fill();
        }
    }

    /// <summary>Waits until the pool is full, or cannot be filled.</summary>
    public Task FillAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _lost = 0;
            Fill();
            return _filling.WaitAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            return new ValueTask(_disposal ??= EndAllAsync());
        }
    }

    private async Task EndAllAsync()
    {
        // Out of the lock, and not into the caller's context, whose only thread may be the one that waits for this.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _filling.ConfigureAwait(false);
        await _aging.DisposeAsync().ConfigureAwait(false);
        lock (_lock)
        {
            Retire(static _ => true);
        }

        await _endings.WhenAllAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private void Fill()
    {
        if (_disposal is null && _owner.IsAlive && _filling.IsCompleted && _waiting.Count < _size && !_isBusy())
        {
            _filling = Task.Run(KeepFillingAsync);
        }
    }

    private async Task KeepFillingAsync()
    {
        while (true)
        {
            LockedInterpreter? fresh = await StartAsync().ConfigureAwait(false);
            lock (_lock)
            {
                if (fresh is not null)
                {
                    _waiting.Add((fresh, _time.GetTimestamp()));
                    _ = WatchAsync(fresh);
                    SetTimer();
                }

                if (fresh is null || _waiting.Count >= _size)
                {
                    // Under the lock, so that nobody who takes one thinks that this is still at work.
                    _filling = Task.CompletedTask;
                    return;
                }
            }
        }
    }

    private async Task<LockedInterpreter?> StartAsync()
    {
        try
        {
            // As many in a row as the pool holds may die: more, and only a caller's need starts another.
            return _lost > _size || _isBusy() ? null : await _start(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            return null; // stopped, or a fault that a run of its own will show its caller
        }
    }

    private async Task WatchAsync(LockedInterpreter interpreter)
    {
        await interpreter.Ended.ConfigureAwait(false);
        lock (_lock)
        {
            if (Retire(waiting => waiting.Interpreter == interpreter) > 0)
            {
                _lost++;
                Fill();
            }
        }
    }

    private void RetireOld()
    {
        lock (_lock)
        {
            Retire(waiting => _time.GetElapsedTime(waiting.Since) >= _maxAge);
            Fill();
            SetTimer();
        }
    }

    private void SetTimer()
    {
        if (_waiting.Count > 0 && _disposal is null)
        {
            TimeSpan left = _maxAge - _time.GetElapsedTime(_waiting[0].Since);
            _aging.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private int Retire(Predicate<(LockedInterpreter Interpreter, long Since)> which)
    {
        foreach ((LockedInterpreter interpreter, _) in _waiting.FindAll(which))
        {
            _endings.Add(interpreter);
        }

        return _waiting.RemoveAll(which);
    }
}
