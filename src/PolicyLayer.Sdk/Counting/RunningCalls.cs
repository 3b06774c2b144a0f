namespace PolicyLayer.Sdk.Counting;

/// <summary><c>concurrent</c>: calls that run now. A place is given back when its call is settled, whatever became of it.</summary>
internal sealed class RunningCalls : CounterState
{
    private decimal _running;

    public override bool IsIdle => _running == 0;

    public override long IdleAt => long.MaxValue;

    public override void Save(BinaryWriter writer) => writer.Write(_running);

    public override void Load(BinaryReader reader) => _running = reader.ReadDecimal();

    public override void Advance(in CounterTime now)
    {
    }

    public override decimal Remaining(CounterLimit limit) => Math.Max(0, limit.Max - _running);

    public override TimeSpan? WaitFor(in CounterTime now, decimal amount, CounterLimit limit) => null;

    public override void Add(in CounterTime now, decimal amount) => _running += amount;

    public override void Refund(in CounterTime stamp, decimal amount) => _running = Math.Max(0, _running - amount);
}
