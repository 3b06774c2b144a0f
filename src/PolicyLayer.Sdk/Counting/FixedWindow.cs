using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Counting;

/// <summary><c>fixed</c>: what was admitted since the calendar window began. A clock that is set back refills nothing: the window stays until time has caught up.</summary>
internal sealed class FixedWindow(LimitWindow window) : CounterState
{
    private long _start = long.MinValue;
    private decimal _total;

    public override bool IsIdle => _total == 0;

    public override long IdleAt => window.EndOf(_start);

    public override void Save(BinaryWriter writer)
    {
        writer.Write(_start);
        writer.Write(_total);
    }

    public override void Load(BinaryReader reader) => (_start, _total) = (reader.ReadInt64(), reader.ReadDecimal());

    public override void Advance(in CounterTime now)
    {
        long start = window.StartOf(now.Utc);
        if (start > _start)
        {
            (_start, _total) = (start, 0);
        }
    }

    public override decimal Remaining(CounterLimit limit) => Math.Max(0, limit.Max - _total);

    public override bool Fits(decimal amount, CounterLimit limit) => _total + amount <= limit.Max;

    public override TimeSpan? WaitFor(in CounterTime now, decimal amount, CounterLimit limit) =>
        amount <= limit.Max ? TimeSpan.FromTicks(Math.Max(0, window.EndOf(_start) - now.Utc)) : null;

    public override void Add(in CounterTime now, decimal amount) => _total += amount;

    // Charged while the clock was set back, it stays spent: which window it went to, the stamp does not tell.
    public override void Refund(in CounterTime stamp, decimal amount)
    {
        if (window.StartOf(stamp.Utc) == _start)
        {
            _total = Math.Max(0, _total - amount);
        }
    }
}
