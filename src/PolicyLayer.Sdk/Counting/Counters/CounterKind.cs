namespace PolicyLayer.Sdk.Counting.Counters;

/// <summary>What all counters of one limit have in common: one object for all of them.</summary>
internal sealed class CounterKind
{
    private const int UsualGrain = 100;

    /// <summary>How many ticks of the clock are one of the framework's, of 100 ns, where its ticks are finer and divide them.</summary>
    private readonly long _grain = 1;

    /// <param name="policy">The name of the policy.</param>
    /// <param name="counter">The counter's name there.</param>
    /// <param name="limit">How they count.</param>
    /// <param name="frequency">How many ticks of the clock that only runs on are a second.</param>
    public CounterKind(string policy, string counter, CounterLimit limit, long frequency)
    {
        (Policy, Counter, Limit, Frequency) = (policy, counter, limit, frequency);
        Number = CounterNumbers.Common.Of(counter);
        WindowTicks = MonotonicSpan.ToTicks(limit.Window, frequency);
        long grain = frequency % TimeSpan.TicksPerSecond == 0 ? frequency / TimeSpan.TicksPerSecond : 1;
        HasShortStamps = WindowTicks / grain < int.MaxValue;
        _grain = HasShortStamps ? grain : 1;
    }

    public string Policy { get; }

    public string Counter { get; }

    public CounterLimit Limit { get; }

    public long Frequency { get; }

    /// <summary>The number of the counter's name: kinds of one number count apart all the same.</summary>
    public int Number { get; }

    /// <summary>How long the window is, in ticks of the clock that only runs on.</summary>
    public long WindowTicks { get; }

    /// <summary>Whether moments within the window can be told apart by 32 bits of their <see cref="GrainsOf"/>.</summary>
    public bool HasShortStamps { get; }

    /// <summary>Whether its counters in memory are <see cref="SlicedCounter"/>s: where the limit allows it, and the clock is fine enough.</summary>
    public bool CountsInSlices => Limit.CountsInSlices && WindowSlices.CanCut(WindowTicks);

    /// <summary>Whether it is made for a counter and a clock, told by the names' objects.</summary>
    public bool IsFor(string policy, string counter, long frequency) =>
        ReferenceEquals(Policy, policy) && ReferenceEquals(Counter, counter) && Frequency == frequency;

    /// <summary>Whether it is on the counters of another: their name, and the same way of counting. A limit that was changed to another algorithm or window has others.</summary>
    public bool Shares(CounterKind other) =>
        ReferenceEquals(this, other)
        || (string.Equals(Counter, other.Counter, StringComparison.Ordinal) && string.Equals(Policy, other.Policy, StringComparison.Ordinal) && Limit.CountsLike(other.Limit));

    /// <summary>The moment at which an admission counts: short windows count by ticks of 100 ns, and never from before it.</summary>
    /// <param name="stamp">When it was, in ticks of the clock; not below 0.</param>
    public long GrainsOf(long stamp) => _grain switch
    {
        1 => stamp,
        UsualGrain => (stamp + UsualGrain - 1) / UsualGrain,
        _ => (stamp + _grain - 1) / _grain,
    };

    /// <summary>A moment in ticks of the clock.</summary>
    public long StampOf(long grains) => grains * _grain;
}
