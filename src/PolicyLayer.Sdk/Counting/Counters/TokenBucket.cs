using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Counting.Counters;

/// <summary><c>token_bucket</c>: starts full and refills evenly. Kept in millionths of a token times the ticks of the window, so that nothing is ever rounded.</summary>
/// <remarks>
/// Whatever a call took has refilled by the limit's rate since then, at the most. Given back is what had not refilled when the bucket was last charged: as if it had been given back at once then,
/// and nobody could have been admitted in between. A bucket that has become faster or smaller since, or was full and forgotten, may have had all of it, and gives nothing back of what was taken before.
/// So a refund, however late, lets no more through than the calls would have that were not given back.
/// </remarks>
internal sealed class TokenBucket : SavableCounter
{
    private static readonly Int128 Beyond = Millionths.Of(LimitBounds.LargestBucket + 1);

    private Int128 _rate;
    private Int128 _capacity;

    /// <summary>What it held when it was last charged, and when that was.</summary>
    private Int128 _level;
    private long _at = long.MinValue;

    /// <summary>The limit in force then.</summary>
    private Int128 _chargedRate;
    private Int128 _chargedCapacity;

    /// <summary>Calls up to this moment get nothing back.</summary>
    private long _lostUntil = long.MaxValue;

    /// <summary>What it holds at the moment that is asked for.</summary>
    private Int128 _held;

    /// <summary>Whether it was saved elsewhere, and nothing was asked of it since: the limit then in force may have been another.</summary>
    private bool _isAsSaved;

    public TokenBucket(CounterKind kind)
    {
        Kind = kind;
        Change(kind.Limit);
        _level = _held = _capacity;
    }

    public override bool IsIdle => !_isAsSaved && _held >= _capacity;

    public override long LastStamp => _at;

    public override long IdleAt => _isAsSaved ? long.MinValue : _rate == 0 ? long.MaxValue : (long)Int128.Min(long.MaxValue, _at + ((_capacity - _level + _rate - 1) / _rate));

    public override void Save(BinaryWriter writer)
    {
        writer.Write(_at);
        Write(writer, _level);
        writer.Write(_lostUntil);
        Write(writer, _chargedRate);
        Write(writer, _chargedCapacity);
    }

    public override void Load(BinaryReader reader)
    {
        _at = reader.ReadInt64();
        _level = Int128.Max(0, Read(reader));
        _isAsSaved = true;

        // Earlier versions did not save by which limit they charged: what they did gets nothing back.
        bool isWhole = reader.BaseStream.Position < reader.BaseStream.Length;
        _lostUntil = isWhole ? reader.ReadInt64() : long.MaxValue;
        (_chargedRate, _chargedCapacity) = isWhole ? (Read(reader), Read(reader)) : (-1, 0);
    }

    public override void Advance(in CounterTime now)
    {
        _isAsSaved = false;

        // One that was never charged is full. What was given back may be more than it holds, and one that was made smaller holds what it can.
        _held = _at == long.MinValue ? _capacity : Int128.Min(_level, _capacity);
        if (_held < _capacity && now.Monotonic > _at)
        {
            Int128 missing = _capacity - _held;
            Int128 elapsed = (Int128)now.Monotonic - _at;

            // A full bucket is found without multiplying what might be a very long time.
            _held = _rate > 0 && elapsed > missing / _rate ? _capacity : _held + (elapsed * _rate);
        }
    }

    public override Int128 Remaining(CounterLimit limit) => _held / Kind.WindowTicks;

    public override bool Fits(Int128 amount, CounterLimit limit) => Scale(amount) <= _held;

    public override TimeSpan? WaitFor(in CounterTime now, Int128 amount, CounterLimit limit)
    {
        Int128 needed = Scale(amount);
        return needed > _capacity || _rate == 0 ? null : MonotonicSpan.Of((needed - _held + _rate - 1) / _rate, Kind.Frequency);
    }

    public override void Add(in CounterTime now, Int128 amount)
    {
        if (amount > 0)
        {
            if (_at == long.MinValue)
            {
                _lostUntil = now.Monotonic - 1;
            }
            else if (_rate > _chargedRate || _capacity < _chargedCapacity)
            {
                _lostUntil = _at;
            }

            _held -= Scale(amount);
            _level = _held;
            _at = Math.Max(_at, now.Monotonic);
            (_chargedRate, _chargedCapacity) = (_rate, _capacity);
        }
    }

    // How much it holds, the limit in force says when it is asked: it need not be the one that was charged.
    public override void Refund(in CounterTime stamp, Int128 amount, CounterLimit limit)
    {
        if (stamp.Monotonic > _lostUntil)
        {
            _level += Int128.Max(0, Scale(amount) - (limit.MaxMillionths * Int128.Max(0, (Int128)_at - stamp.Monotonic)));
        }
    }

    // All the time since it was used last refills it as it is now.
    protected override void Change(CounterLimit limit) => (_rate, _capacity) = (limit.MaxMillionths, Scale(Millionths.OfLimit(limit.Burst)));

    /// <summary>Amounts that no bucket holds are all the same; so nothing overflows.</summary>
    private Int128 Scale(Int128 amount) => Int128.Min(amount, Beyond) * Kind.WindowTicks;

    private static void Write(BinaryWriter writer, Int128 number)
    {
        writer.Write((ulong)(number >> 64));
        writer.Write((ulong)number);
    }

    private static Int128 Read(BinaryReader reader) => new(reader.ReadUInt64(), reader.ReadUInt64());
}
