namespace PolicyLayer.Sdk.Counting.Counters;

/// <summary><c>sliding</c>, of a limit that <see cref="CounterLimit.CountsInSlices"/>: how many calls lie in each slice of the window. Always small, however many calls there are.</summary>
/// <remarks>What every call needs stands here, what the first of a slice needs in <see cref="WindowSlices"/>: with thousands of counters each is far from the processor.</remarks>
internal sealed class SlicedCounter : CounterState
{
    /// <summary>All calls that count.</summary>
    private long _calls;

    /// <summary>The last moment of the newest slice; before every moment while there is none, or once <see cref="_exact"/> counts.</summary>
    private long _end = long.MinValue;

    private long _lastStamp = long.MinValue;
    private WindowSlices? _slices;

    /// <summary>What counts in place of all that, once amounts or single calls matter.</summary>
    private SlidingCounter? _exact;

    public override bool IsIdle => _exact?.IsIdle ?? _calls == 0;

    public override void Advance(in CounterTime now)
    {
        if (_exact is not null)
        {
            _exact.Advance(now);
            return;
        }

        _slices?.Expire(now.Monotonic, ref _calls);
    }

    public override Int128 Remaining(CounterLimit limit) => _exact?.Remaining(limit) ?? Int128.Max(0, limit.MaxMillionths - Millionths.OfCalls(_calls));

    public override bool Fits(Int128 amount, CounterLimit limit) => CountsAlone(amount) ? _calls < limit.MaxCalls : Exact().Fits(amount, limit);

    // What has left the window is looked for where it matters: while it fits with that, it fits.
    public override bool Admits(in CounterTime now, Int128 amount, CounterLimit limit) =>
        (CountsAlone(amount) && _calls < limit.MaxCalls) || base.Admits(now, amount, limit);

    public override bool TryAdd(in CounterTime now, Int128 amount, CounterLimit limit)
    {
        if (_calls < limit.MaxCalls && TryCount(now.Monotonic, amount))
        {
            return true;
        }

        return base.TryAdd(now, amount, limit);
    }

    public override TimeSpan? WaitFor(in CounterTime now, Int128 amount, CounterLimit limit) => CountsAlone(amount)
        ? _slices?.TicksUntilBelow(limit.MaxCalls, _calls, now.Monotonic) is { } ticks ? MonotonicSpan.Of(ticks, Kind.Frequency) : null
        : Exact().WaitFor(now, amount, limit);

    public override void Add(in CounterTime now, Int128 amount)
    {
        if (TryCount(now.Monotonic, amount) || (CountsAlone(amount) && TryBegin(now.Monotonic) && TryCount(now.Monotonic, amount)))
        {
            return;
        }

        Exact().Add(now, amount);
    }

    public override void Refund(in CounterTime stamp, Int128 amount, CounterLimit limit)
    {
        if (!CountsAlone(amount))
        {
            Exact().Refund(stamp, amount, limit);
            return;
        }

        _slices?.Refund(stamp.Monotonic, ref _calls);
    }

    protected override void Change(CounterLimit limit)
    {
        if (!limit.CountsInSlices)
        {
            Exact();
        }
    }

    /// <summary>Whether an amount is a call that only has to be counted.</summary>
    private bool CountsAlone(Int128 amount) => _exact is null && amount == Millionths.One;

    /// <summary>Counts a call of the newest slice: what most are, and so all that is asked first.</summary>
    private bool TryCount(long now, Int128 amount)
    {
        if (now > _end || amount != Millionths.One)
        {
            return false;
        }

        _lastStamp = now;
        _calls++;
        return true;
    }

    private bool TryBegin(long now)
    {
        _slices ??= new WindowSlices(Kind.WindowTicks);
        return _slices.TryBegin(now, ref _calls, out _end);
    }

    /// <summary>The same call by call, as far as that is known.</summary>
    private SlidingCounter Exact()
    {
        if (_exact is null)
        {
            var window = new SlidingWindow(Kind.WindowTicks);
            _slices?.MoveTo(window, _calls, _lastStamp);
            (_exact, _end, _slices) = (SlidingCounter.Of(Kind, window), long.MinValue, null);
        }

        return _exact;
    }
}
