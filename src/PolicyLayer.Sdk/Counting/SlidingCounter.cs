namespace PolicyLayer.Sdk.Counting;

/// <summary><c>sliding</c>: what lies in the window that ends now. Most counters hold one call or none, and need no window for it.</summary>
/// <param name="span">How long it is.</param>
internal sealed class SlidingCounter(SlidingSpan span) : CounterState
{
    private const long None = long.MinValue;

    /// <summary>When the only admission was, of an amount of one.</summary>
    private long _only = None;
    private SlidingWindow? _window;

    public override bool IsIdle => _only == None && _window is null or { IsEmpty: true };

    public override long LastStamp => _window?.LastStamp ?? _only;

    public override long IdleAt => IsIdle ? None : LastStamp + span.Ticks;

    private Int128 Total => _window?.Total ?? (_only == None ? 0 : Millionths.One);

    public override void Advance(in CounterTime now)
    {
        if (_window is not null)
        {
            _window.Expire(now.Monotonic);
        }
        else if (_only != None && now.Monotonic - _only >= span.Ticks)
        {
            _only = None;
        }
    }

    public override Int128 Remaining(CounterLimit limit) => Int128.Max(0, limit.MaxMillionths - Total);

    // Of a limit that was made smaller nothing is left, and yet what adds nothing must not pass it.
    public override bool Fits(Int128 amount, CounterLimit limit) => Total + amount <= limit.MaxMillionths;

    public override bool Admits(in CounterTime now, Int128 amount, CounterLimit limit)
    {
        // What has left the window is looked for where it matters: while it fits with that, it fits.
        if (_window is not null && Fits(amount, limit))
        {
            return true;
        }

        Advance(now);
        return Fits(amount, limit);
    }

    public override TimeSpan? WaitFor(in CounterTime now, Int128 amount, CounterLimit limit)
    {
        long? ticks = _window is not null ? _window.TicksUntilFits(now.Monotonic, amount, limit.MaxMillionths)
            : amount > limit.MaxMillionths ? null
            : Total + amount > limit.MaxMillionths ? _only + span.Ticks - now.Monotonic
            : 0;
        return ticks is { } some ? MonotonicSpan.Of(some, span.Frequency) : null;
    }

    public override void Add(in CounterTime now, Int128 amount)
    {
        if (amount == Millionths.One && _only == None && _window is null)
        {
            _only = now.Monotonic;
            return;
        }

        if (amount != 0)
        {
            Window().Add(now.Monotonic, amount);
        }
    }

    public override void Refund(in CounterTime stamp, Int128 amount)
    {
        if (amount == Millionths.One && _window is null)
        {
            _only = _only == stamp.Monotonic ? None : _only;
            return;
        }

        Window().Refund(stamp.Monotonic, amount);
    }

    public override void Save(BinaryWriter writer) => Window().Save(writer);

    public override void Load(BinaryReader reader) => Window().Load(reader);

    /// <summary>The window, made when one admission is not all that there is to know.</summary>
    private SlidingWindow Window()
    {
        if (_window is null)
        {
            _window = new SlidingWindow(span.Ticks);
            if (_only != None)
            {
                _window.Add(_only, Millionths.One);
                _only = None;
            }
        }

        return _window;
    }
}
