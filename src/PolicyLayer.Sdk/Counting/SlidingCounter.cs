namespace PolicyLayer.Sdk.Counting;

/// <summary><c>sliding</c>: what lies in the window that ends now.</summary>
internal sealed class SlidingCounter(TimeSpan length, long frequency) : CounterState
{
    private readonly SlidingWindow _window = new(MonotonicSpan.ToTicks(length, frequency));

    public override bool IsIdle => _window.IsEmpty;

    public override long LastStamp => _window.LastStamp;

    public override long IdleAt => _window.IsEmpty ? long.MinValue : _window.LastStamp + MonotonicSpan.ToTicks(length, frequency);

    public override void Save(BinaryWriter writer) => _window.Save(writer);

    public override void Load(BinaryReader reader) => _window.Load(reader);

    public override void Advance(in CounterTime now) => _window.Expire(now.Monotonic);

    public override decimal Remaining(CounterLimit limit) => Math.Max(0, limit.Max - _window.Total);

    // Of a limit that was made smaller nothing is left, and yet what adds nothing must not pass it.
    public override bool Fits(decimal amount, CounterLimit limit) => _window.Total + amount <= limit.Max;

    public override TimeSpan? WaitFor(in CounterTime now, decimal amount, CounterLimit limit) =>
        _window.TicksUntilFits(now.Monotonic, amount, limit.Max) is { } ticks ? MonotonicSpan.Of(ticks, frequency) : null;

    public override void Add(in CounterTime now, decimal amount) => _window.Add(now.Monotonic, amount);

    public override void Refund(in CounterTime stamp, decimal amount) => _window.Refund(stamp.Monotonic, amount);
}
