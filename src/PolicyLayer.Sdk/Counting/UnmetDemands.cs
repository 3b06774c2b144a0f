using PolicyLayer.Sdk.Counting.Counters;

namespace PolicyLayer.Sdk.Counting;

/// <summary>What keeps a call from being admitted: the first demand that does not fit, and the time until all of them could.</summary>
internal struct UnmetDemands
{
    private int _first;
    private decimal _remaining;
    private TimeSpan? _wait;

    /// <summary>Whether there are any.</summary>
    public bool Any { get; private set; }

    /// <summary>Lets time pass for a counter, and adds the demand on it when it does not fit.</summary>
    public void Judge(int index, in CounterDemand demand, CounterState state, in CounterTime now)
    {
        state.Follow(demand);
        if (!state.Admits(now, Millionths.Of(demand.Amount), demand.Limit))
        {
            Add(index, demand, state, now);
        }
    }

    /// <summary>Adds a demand that its counter does not admit now.</summary>
    public void Add(int index, in CounterDemand demand, CounterState state, in CounterTime now) =>
        Add(index, Millionths.ToDecimal(state.Remaining(demand.Limit)), state.WaitFor(now, Millionths.Of(demand.Amount), demand.Limit));

    /// <summary>Adds a demand that does not fit; they come in order.</summary>
    /// <param name="index">Which.</param>
    /// <param name="remaining">What its limit has left.</param>
    /// <param name="wait">How long until it would fit; null when waiting does not help.</param>
    public void Add(int index, decimal remaining, TimeSpan? wait)
    {
        if (!Any)
        {
            (Any, _first, _remaining, _wait) = (true, index, remaining, wait);
            return;
        }

        _wait = wait is { } one && _wait is { } others ? (one > others ? one : others) : null;
    }

    public readonly CounterReservation ToReservation() => CounterReservation.Refused(_first, _remaining, _wait);
}
