namespace PolicyLayer.Sdk.Counting.Counters;

/// <summary><c>concurrent</c>: calls that run now. A place is given back when its call is settled, whatever became of it.</summary>
internal sealed class RunningCalls : CounterState
{
    private Int128 _running;

    public override bool IsIdle => _running == 0;

    public override void Advance(in CounterTime now)
    {
    }

    public override Int128 Remaining(CounterLimit limit) => Int128.Max(0, limit.MaxMillionths - _running);

    public override TimeSpan? WaitFor(in CounterTime now, Int128 amount, CounterLimit limit) => null;

    public override void Add(in CounterTime now, Int128 amount) => _running += amount;

    public override void Refund(in CounterTime stamp, Int128 amount, CounterLimit limit) => _running = Int128.Max(0, _running - amount);
}
