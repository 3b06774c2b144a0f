using System.Numerics;

namespace PolicyLayer.Sdk.Testing.Model;

/// <summary>Counted in millionths of a token times the ticks of the window, in whole numbers without a bound. What had refilled by the last charge is not given back.</summary>
internal sealed class ReferenceBucket(CounterLimit limit) : ReferenceCounter
{
    private const decimal Millionths = 1_000_000m;

    private readonly BigInteger _ticks = limit.Window.Ticks;
    private readonly BigInteger _rate = new(limit.Max * Millionths);
    private BigInteger _level = new BigInteger(limit.Burst * Millionths) * limit.Window.Ticks;
    private DateTimeOffset? _at;
    private DateTimeOffset _charged;

    private BigInteger Capacity => new BigInteger(limit.Burst * Millionths) * _ticks;

    public override decimal Remaining(DateTimeOffset now, CounterLimit asked) => (decimal)(Level(now) / _ticks) / Millionths;

    public override bool Fits(DateTimeOffset now, decimal amount, CounterLimit asked) => Scale(amount) <= Level(now);

    public override TimeSpan? Wait(DateTimeOffset now, decimal amount, CounterLimit asked)
    {
        BigInteger missing = Scale(amount) - Level(now);
        return Scale(amount) > Capacity || _rate.IsZero ? null : TimeSpan.FromTicks((long)((missing + _rate - 1) / _rate));
    }

    public override void Add(DateTimeOffset now, decimal amount)
    {
        _level = Level(now) - Scale(amount);
        _charged = amount > 0 ? now : _charged;
    }

    public override void Refund(DateTimeOffset now, DateTimeOffset counted, decimal amount) =>
        _level = BigInteger.Min(Capacity, Level(now) + BigInteger.Max(0, Scale(amount) - (_rate * Math.Max(0, (_charged - counted).Ticks))));

    private BigInteger Level(DateTimeOffset now)
    {
        _level = BigInteger.Min(Capacity, _level + (_rate * (now - (_at ?? now)).Ticks));
        _at = now;
        return _level;
    }

    private BigInteger Scale(decimal amount) => new BigInteger(amount * Millionths) * _ticks;
}
