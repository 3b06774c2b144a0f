using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Counting;

/// <summary><c>token_bucket</c>: starts full and refills evenly. Kept in millionths of a token times the ticks of the window, so that nothing is ever rounded.</summary>
internal sealed class TokenBucket : SavableCounter
{
    private static readonly Int128 Beyond = Millionths.Of(LimitBounds.LargestBucket + 1);

    private readonly long _frequency;
    private readonly Int128 _windowTicks;
    private Int128 _rate;
    private Int128 _capacity;
    private Int128 _level;
    private long _at = long.MinValue;

    /// <summary>Whether it was saved elsewhere, and nothing was asked of it since: the limit then in force may have been another.</summary>
    private bool _isAsSaved;

    public TokenBucket(CounterKind kind)
    {
        _frequency = kind.Frequency;
        _windowTicks = kind.WindowTicks;
        Change(kind.Limit);
        _level = _capacity;
    }

    public override bool IsIdle => !_isAsSaved && _level >= _capacity;

    public override long LastStamp => _at;

    public override long IdleAt => _isAsSaved ? long.MinValue : _rate == 0 ? long.MaxValue : (long)Int128.Min(long.MaxValue, _at + ((_capacity - _level + _rate - 1) / _rate));

    public override void Save(BinaryWriter writer)
    {
        writer.Write(_at);
        writer.Write((ulong)(_level >> 64));
        writer.Write((ulong)_level);
    }

    public override void Load(BinaryReader reader)
    {
        _at = reader.ReadInt64();
        _level = Int128.Max(0, new Int128(reader.ReadUInt64(), reader.ReadUInt64()));
        _isAsSaved = true;
    }

    public override void Advance(in CounterTime now)
    {
        _isAsSaved = false;

        // What was given back may be more than it holds, and one that was made smaller holds what it can.
        _level = Int128.Min(_level, _capacity);
        if (_at == long.MinValue)
        {
            _at = now.Monotonic;
        }

        if (now.Monotonic > _at)
        {
            Int128 missing = _capacity - _level;
            Int128 elapsed = now.Monotonic - _at;

            // A full bucket is found without multiplying what might be a very long time.
            _level = _rate > 0 && elapsed > missing / _rate ? _capacity : _level + (elapsed * _rate);
            _at = now.Monotonic;
        }
    }

    public override Int128 Remaining(CounterLimit limit) => _level / _windowTicks;

    public override bool Fits(Int128 amount, CounterLimit limit) => Scale(amount) <= _level;

    public override TimeSpan? WaitFor(in CounterTime now, Int128 amount, CounterLimit limit)
    {
        Int128 needed = Scale(amount);
        return needed > _capacity || _rate == 0 ? null : MonotonicSpan.Of((needed - _level + _rate - 1) / _rate, _frequency);
    }

    public override void Add(in CounterTime now, Int128 amount) => _level -= Scale(amount);

    // How much it holds, the limit in force says when it is asked: it need not be the one that was charged.
    public override void Refund(in CounterTime stamp, Int128 amount) => _level += Scale(amount);

    // All the time since it was used last refills it as it is now.
    protected override void Change(CounterLimit limit) => (_rate, _capacity) = (limit.MaxMillionths, Scale(Millionths.OfLimit(limit.Burst)));

    /// <summary>Amounts that no bucket holds are all the same; so nothing overflows.</summary>
    private Int128 Scale(Int128 amount) => Int128.Min(amount, Beyond) * _windowTicks;
}
