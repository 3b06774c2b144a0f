namespace PolicyLayer.Sdk.Counting.Counters;

/// <summary><c>sliding</c>: what lies in the window that ends now. Most counters hold few calls, each of an amount of one, and need no window for them: four bytes for each, and none for the only one.</summary>
internal sealed class SlidingCounter : SavableCounter
{
    /// <summary>So many calls are few.</summary>
    private const int Most = 128;

    private const int SmallestSize = 4;

    // Small, for there is room for both beside the hash.
    private ushort _first;
    private ushort _count;

    /// <summary>When the newest call was, in grains of the kind.</summary>
    private long _newest;

    /// <summary>When each was, in the last 32 bits of the grains; null while there is one at most.</summary>
    private uint[]? _times;

    /// <summary>What counts in place of all that, once it does not suffice.</summary>
    private SlidingWindow? _window;

    /// <summary>Goes on from a window that was counted elsewhere.</summary>
    public static SlidingCounter Of(CounterKind kind, SlidingWindow window) => new() { Kind = kind, _window = window };

    public override bool IsIdle => _window?.IsEmpty ?? _count == 0;

    public override long LastStamp => _window?.LastStamp ?? (_count == 0 ? long.MinValue : Kind.StampOf(_newest));

    public override long IdleAt => IsIdle ? long.MinValue : LastStamp + Kind.WindowTicks;

    private Int128 Total => _window?.Total ?? Millionths.OfCalls(_count);

    public override void Advance(in CounterTime now)
    {
        if (_window is not null)
        {
            _window.Expire(now.Monotonic);
            return;
        }

        while (_count > 0 && now.Monotonic - StampAt(0) >= Kind.WindowTicks)
        {
            _first = (ushort)Place(1);
            _count--;
        }
    }

    public override Int128 Remaining(CounterLimit limit) => Int128.Max(0, limit.MaxMillionths - Total);

    // Of a limit that was made smaller nothing is left, and yet what adds nothing must not pass it.
    public override bool Fits(Int128 amount, CounterLimit limit) =>
        _window is null && amount == Millionths.One ? _count < limit.MaxCalls : Total + amount <= limit.MaxMillionths;

    public override bool Admits(in CounterTime now, Int128 amount, CounterLimit limit)
    {
        // What has left the window is looked for where it matters: while it fits with that, it fits.
        if (Fits(amount, limit))
        {
            return true;
        }

        Advance(now);
        return Fits(amount, limit);
    }

    public override TimeSpan? WaitFor(in CounterTime now, Int128 amount, CounterLimit limit)
    {
        long? ticks = _window is null ? TicksUntilFits(now.Monotonic, amount, limit.MaxMillionths) : _window.TicksUntilFits(now.Monotonic, amount, limit.MaxMillionths);
        return ticks is { } some ? MonotonicSpan.Of(some, Kind.Frequency) : null;
    }

    public override void Add(in CounterTime now, Int128 amount)
    {
        long grains = Kind.GrainsOf(now.Monotonic);
        if (_window is not null || !TryAppend(now, grains, amount))
        {
            Window().Add(Kind.StampOf(grains), amount);
        }
    }

    public override void Refund(in CounterTime stamp, Int128 amount, CounterLimit limit)
    {
        long grains = Kind.GrainsOf(stamp.Monotonic);
        if (_window is not null || amount != Millionths.One)
        {
            Window().Refund(Kind.StampOf(grains), amount);
            return;
        }

        int index = _count - 1;
        while (index >= 0 && GrainsAt(index) > grains)
        {
            index--;
        }

        if (index >= 0 && GrainsAt(index) == grains)
        {
            RemoveAt(index);
        }
    }

    public override void Save(BinaryWriter writer) => Window().Save(writer);

    public override void Load(BinaryReader reader) => Window().Load(reader);

    private int Place(int index)
    {
        int place = _first + index;
        return _times is null ? 0 : place < _times.Length ? place : place - _times.Length;
    }

    private long GrainsAt(int index) => _times is null ? _newest : _newest - ((uint)_newest - _times[Place(index)]);

    private long StampAt(int index) => Kind.StampOf(GrainsAt(index));

    /// <summary>How long until an amount fits below a maximum; null when it never will.</summary>
    private long? TicksUntilFits(long now, Int128 amount, Int128 max)
    {
        if (amount > max)
        {
            return null;
        }

        Int128 missing = Total + amount - max;
        return missing <= 0 ? 0 : StampAt(Millionths.CallsFor(missing) - 1) + Kind.WindowTicks - now;
    }

    /// <summary>Records an amount without a window; one of nothing leaves no trace.</summary>
    private bool TryAppend(in CounterTime now, long grains, Int128 amount)
    {
        if (amount == 0)
        {
            return true;
        }

        Advance(now);
        if (amount != Millionths.One || (_count > 0 && (_count == Most || !Kind.HasShortStamps)))
        {
            return false;
        }

        Append(grains);
        return true;
    }

    private void Append(long grains)
    {
        if (_count > 0)
        {
            MakeRoom();
        }

        _newest = grains;
        _count++;
        if (_times is not null)
        {
            _times[Place(_count - 1)] = (uint)grains;
        }
    }

    /// <summary>Makes room for one more, and for no more than the limit admits.</summary>
    private void MakeRoom()
    {
        if (_count < _times?.Length)
        {
            return;
        }

        var times = new uint[(int)decimal.Clamp(Kind.Limit.Max, _count + 1, Math.Max(SmallestSize, _count * 2))];
        for (int i = 0; i < _count; i++)
        {
            times[i] = (uint)GrainsAt(i);
        }

        (_times, _first) = (times, 0);
    }

    private void RemoveAt(int index)
    {
        for (int i = index; i < _count - 1; i++)
        {
            _times![Place(i)] = _times[Place(i + 1)];
        }

        _count--;
        _newest = _count == 0 ? 0 : GrainsAt(_count - 1);
    }

    private SlidingWindow Window() => _window ?? MakeWindow();

    /// <summary>Makes the window, when few calls are not all that there is to know.</summary>
    private SlidingWindow MakeWindow()
    {
        _window = new SlidingWindow(Kind.WindowTicks);
        for (int i = 0; i < _count; i++)
        {
            _window.Add(StampAt(i), Millionths.One);
        }

        (_times, _count) = (null, 0);
        return _window;
    }
}
