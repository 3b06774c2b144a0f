namespace PolicyLayer.Sdk;

/// <summary>What one limit asks of one counter for one call. Limits that share a counter each ask, and the first of them charges it, once.</summary>
/// <param name="Key">Which counter.</param>
/// <param name="Limit">How it counts, and how much it admits.</param>
/// <param name="Amount">What the call adds to the counter, from 0 to 10^18 with at most 6 digits after the point: the largest of the amounts of the limits that share it.</param>
/// <param name="Charges">Whether it is the first of them. The others only ask whether the amount fits.</param>
public readonly record struct CounterDemand(CounterKey Key, CounterLimit Limit, decimal Amount, bool Charges);
