namespace PolicyLayer.Sdk.Testing.Model;

internal sealed class ReferenceSliding(CounterLimit limit) : ReferenceCounter
{
    private readonly List<(DateTimeOffset At, decimal Amount)> _admitted = [];

    public override decimal Remaining(DateTimeOffset now, CounterLimit asked) => Math.Max(0, asked.Max - Total(now));

    public override bool Fits(DateTimeOffset now, decimal amount, CounterLimit asked) => Total(now) + amount <= asked.Max;

    public override TimeSpan? Wait(DateTimeOffset now, decimal amount, CounterLimit asked) => _admitted
        .Select(one => one.At + limit.Window)
        .Where(gone => gone > now && Total(gone) + amount <= asked.Max)
        .Select(gone => (TimeSpan?)(gone - now))
        .Min();

    public override void Add(DateTimeOffset now, decimal amount) => _admitted.Add((now, amount));

    public override void Refund(DateTimeOffset now, DateTimeOffset counted, decimal amount) => _admitted.Remove((counted, amount));

    private decimal Total(DateTimeOffset now) => _admitted.Where(one => now - one.At < limit.Window).Sum(static one => one.Amount);
}
