using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolicyLayer.Sdk;

/// <summary>What a store answered: all demands reserved, or none and the first that did not fit. The default value reserves nothing.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CounterReservation
{
    /// <summary>Below 0 when all is reserved, else the index of the first demand that did not fit.</summary>
    private readonly int _refused;

    /// <summary>What only one of both answers has stands in one place, for a reservation is copied often: the name of one that is made, what is left of one that is not.</summary>
    private readonly Guid _idOrRemaining;
    private readonly long _stampOrWait;
    private readonly long _utcTicks;

    private CounterReservation(Guid id, long stamp, long utcTicks)
    {
        _refused = -1;
        _idOrRemaining = id;
        _stampOrWait = stamp;
        _utcTicks = utcTicks;
    }

    private CounterReservation(int index, decimal remaining, TimeSpan? retryAfter)
    {
        _refused = index;
        _idOrRemaining = Unsafe.BitCast<decimal, Guid>(remaining);
        _stampOrWait = retryAfter is { } wait ? ~wait.Ticks : 0;
    }

    /// <summary>Whether every demand is reserved; of a peek, whether every one would fit.</summary>
    public bool IsReserved => _refused < 0;

    /// <summary>The index of the first demand that did not fit.</summary>
    public int RefusedIndex => IsReserved ? 0 : _refused;

    /// <summary>What the refusing limit had left; never below 0.</summary>
    public decimal Remaining => IsReserved ? 0 : Unsafe.BitCast<Guid, decimal>(_idOrRemaining);

    /// <summary>The earliest time at which all demands could fit; null when waiting does not help.</summary>
    public TimeSpan? RetryAfter => IsReserved || _stampOrWait == 0 ? null : TimeSpan.FromTicks(~_stampOrWait);

    /// <summary>The reservation's name, for a store that keeps one; a refund brings it back.</summary>
    public Guid Id => IsReserved ? _idOrRemaining : default;

    /// <summary>When the counters were charged, by a clock and in units of the store's own; a refund brings it back.</summary>
    public long Stamp => IsReserved ? _stampOrWait : 0;

    /// <summary>When the counters were charged by the store's calendar clock, in ticks of UTC, for a store that needs both; a refund brings it back.</summary>
    public long UtcTicks => _utcTicks;

    /// <summary>Whether another answer says the same; what is left is compared as a number, so that <c>1.0</c> is <c>1.00</c>.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(CounterReservation other) =>
        _refused == other._refused && _stampOrWait == other._stampOrWait && _utcTicks == other._utcTicks
        && (IsReserved ? _idOrRemaining == other._idOrRemaining : Remaining == other.Remaining);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_refused, _stampOrWait, _utcTicks, Id, Remaining);

    /// <summary>All demands are reserved.</summary>
    /// <param name="id">The reservation's name, where the store keeps one.</param>
    /// <param name="stamp">When the counters were charged.</param>
    /// <param name="utcTicks">The same by the calendar, where the store needs both.</param>
    public static CounterReservation Reserved(Guid id = default, long stamp = 0, long utcTicks = 0) => new(id, stamp, utcTicks);

    /// <summary>Nothing is reserved, because one demand did not fit.</summary>
    /// <param name="index">Which, counted from 0: the first that did not.</param>
    /// <param name="remaining">What its limit had left.</param>
    /// <param name="retryAfter">When all demands could fit; null when waiting does not help.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0.</exception>
    public static CounterReservation Refused(int index, decimal remaining, TimeSpan? retryAfter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfNegative(remaining);
        ArgumentOutOfRangeException.ThrowIfLessThan(retryAfter ?? TimeSpan.Zero, TimeSpan.Zero, nameof(retryAfter));
        return new CounterReservation(index, remaining, retryAfter);
    }
}
