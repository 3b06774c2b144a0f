namespace PolicyLayer.Sdk.Testing.Model;

internal sealed class ReferenceRunning : ReferenceCounter
{
    private decimal _running;

    public override decimal Remaining(DateTimeOffset now, CounterLimit limit) => Math.Max(0, limit.Max - _running);

    public override bool Fits(DateTimeOffset now, decimal amount, CounterLimit limit) => _running + amount <= limit.Max;

    public override TimeSpan? Wait(DateTimeOffset now, decimal amount, CounterLimit limit) => null;

    public override void Add(DateTimeOffset now, decimal amount) => _running += amount;

    public override void Refund(DateTimeOffset now, DateTimeOffset counted, decimal amount) => _running -= amount;
}
