using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Counting.Counters;

/// <summary><c>fixed</c>: what was admitted since the calendar window began. A clock that is set back refills nothing: the window stays until time has caught up.</summary>
internal sealed class FixedWindow(LimitWindow window) : SavableCounter
{
    private long _start = long.MinValue;
    private long _end = long.MinValue;
    private Int128 _total;

    public override bool IsIdle => _total == 0;

    public override long IdleAt => _end;

    public override void Save(BinaryWriter writer)
    {
        writer.Write(_start);
        writer.Write(Millionths.ToDecimal(_total));
    }

    public override void Load(BinaryReader reader)
    {
        Begin(reader.ReadInt64());
        _total = Millionths.Of(reader.ReadDecimal());
    }

    public override void Advance(in CounterTime now)
    {
        if (now.Utc >= _end)
        {
            Begin(window.StartOf(now.Utc));
        }
    }

    public override Int128 Remaining(CounterLimit limit) => Int128.Max(0, limit.MaxMillionths - _total);

    public override bool Fits(Int128 amount, CounterLimit limit) => _total + amount <= limit.MaxMillionths;

    public override bool TryAdd(in CounterTime now, Int128 amount, CounterLimit limit)
    {
        Advance(now);
        if (_total + amount > limit.MaxMillionths)
        {
            return false;
        }

        _total += amount;
        return true;
    }

    public override TimeSpan? WaitFor(in CounterTime now, Int128 amount, CounterLimit limit) =>
        amount <= limit.MaxMillionths ? TimeSpan.FromTicks(Math.Max(0, _end - now.Utc)) : null;

    public override void Add(in CounterTime now, Int128 amount) => _total += amount;

    // Charged while the clock was set back, it stays spent: which window it went to, the stamp does not tell.
    public override void Refund(in CounterTime stamp, Int128 amount, CounterLimit limit)
    {
        if (window.StartOf(stamp.Utc) == _start)
        {
            _total = Int128.Max(0, _total - amount);
        }
    }

    private void Begin(long start) => (_start, _end, _total) = (start, window.EndOf(start), 0);
}
