namespace PolicyLayer.Sdk.Testing.Model;

internal sealed class ReferenceFixed(CounterLimit limit) : ReferenceCounter
{
    private readonly Dictionary<DateTimeOffset, decimal> _totals = [];

    public override decimal Remaining(DateTimeOffset now, CounterLimit asked) => Math.Max(0, asked.Max - Total(now));

    public override bool Fits(DateTimeOffset now, decimal amount, CounterLimit asked) => Total(now) + amount <= asked.Max;

    public override TimeSpan? Wait(DateTimeOffset now, decimal amount, CounterLimit asked) =>
        amount <= asked.Max ? limit.WindowEnd(limit.WindowStart(now)) - now : null;

    public override void Add(DateTimeOffset now, decimal amount) => _totals[limit.WindowStart(now)] = Total(now) + amount;

    public override void Refund(DateTimeOffset now, DateTimeOffset counted, decimal amount) => _totals[limit.WindowStart(counted)] -= amount;

    private decimal Total(DateTimeOffset now) => _totals.GetValueOrDefault(limit.WindowStart(now));
}
