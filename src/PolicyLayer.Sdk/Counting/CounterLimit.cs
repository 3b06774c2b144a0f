using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Counting;
using PolicyLayer.Sdk.Counting.Counters;

namespace PolicyLayer.Sdk;

/// <summary>How a counter counts, and how much it admits: what a store needs to know of a limit (policy format, section 5). Immutable.</summary>
/// <remarks>Every number is an exact decimal with at most 6 digits after the point, from 0 to 10^18.</remarks>
public sealed class CounterLimit
{
    private CounterKind? _kind;

    internal CounterLimit(LimitAlgorithm algorithm, LimitWindow? window, decimal max, decimal burst)
    {
        Algorithm = algorithm;
        CalendarWindow = window;
        Max = max;
        Burst = burst;
        MaxMillionths = Millionths.OfLimit(max);
        MaxCalls = (long)decimal.Floor(max);
    }

    /// <summary>How it counts.</summary>
    public LimitAlgorithm Algorithm { get; }

    /// <summary>What one window admits, what a bucket gains in one, or how many calls run at once.</summary>
    public decimal Max { get; }

    /// <summary>What a token bucket holds; of other algorithms it says nothing.</summary>
    public decimal Burst { get; }

    /// <summary>How long the window is, at least a second; of a calendar month, the longest there is. Zero for <see cref="LimitAlgorithm.Concurrent"/>, which has none.</summary>
    public TimeSpan Window => CalendarWindow?.Length ?? TimeSpan.Zero;

    /// <summary>Where the windows of <see cref="LimitAlgorithm.Fixed"/> begin.</summary>
    public CalendarUnit Unit => CalendarWindow?.Unit ?? CalendarUnit.FromEpoch;

    internal LimitWindow? CalendarWindow { get; }

    /// <summary><see cref="Max"/> as counters keep amounts.</summary>
    internal Int128 MaxMillionths { get; }

    /// <summary>How many calls it admits that each add one.</summary>
    internal long MaxCalls { get; }

    /// <summary>Whether its counters may count calls in slices although only a few lie in the window, for nothing turns on when each was. Set before anything counts by it.</summary>
    /// <remarks>So it is where every limit that shares them counts calls and admits more than two thousand. A slice holds calls that have left the window; as long as no more than a thousand were in one, these and those that are in it are at most two thousand, and one more passes, as it must.</remarks>
    internal bool CountsInSlices { get; set; }

    /// <summary>Makes a limit, as tests of a store need; a policy's are made when it is read.</summary>
    /// <param name="algorithm">How it counts.</param>
    /// <param name="max">What one window admits.</param>
    /// <param name="window">How long the window is; ignored by <see cref="LimitAlgorithm.Concurrent"/>, and by <see cref="CalendarUnit.Week"/> and <see cref="CalendarUnit.Month"/>, which say it themselves.</param>
    /// <param name="unit">Where the windows of <see cref="LimitAlgorithm.Fixed"/> begin.</param>
    /// <param name="burst">What a token bucket holds; null for <paramref name="max"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0, or the window shorter than a second.</exception>
    public static CounterLimit Create(LimitAlgorithm algorithm, decimal max, TimeSpan window = default, CalendarUnit unit = CalendarUnit.FromEpoch, decimal? burst = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        ArgumentOutOfRangeException.ThrowIfNegative(burst.GetValueOrDefault(), nameof(burst));
        TimeSpan length = unit switch
        {
            CalendarUnit.Week => TimeSpan.FromDays(7),
            CalendarUnit.Month => TimeSpan.FromDays(31),
            _ => window,
        };
        if (algorithm == LimitAlgorithm.Concurrent)
        {
            return new CounterLimit(algorithm, null, max, 0);
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(length, TimeSpan.FromSeconds(1), nameof(window));
        return new CounterLimit(algorithm, new LimitWindow(length.ToString(), length, unit), max, burst ?? max);
    }

    /// <summary>Where the calendar window begins that a moment lies in; the first there is, with the calendar.</summary>
    /// <param name="moment">The moment, of any offset.</param>
    /// <exception cref="InvalidOperationException">The limit has no window.</exception>
    public DateTimeOffset WindowStart(DateTimeOffset moment) => Moment(Calendar.StartOf(moment.UtcTicks));

    /// <summary>Where the calendar window ends that begins at a moment; the last there is, with the calendar.</summary>
    /// <param name="start">What <see cref="WindowStart"/> said.</param>
    /// <exception cref="InvalidOperationException">The limit has no window.</exception>
    public DateTimeOffset WindowEnd(DateTimeOffset start) => Moment(Calendar.EndOf(start.UtcTicks));

    /// <summary>Whether another limit counts in the same way: what was counted otherwise cannot be compared.</summary>
    internal bool CountsLike(CounterLimit other) =>
        Algorithm == other.Algorithm && Window == other.Window && (Algorithm != LimitAlgorithm.Fixed || Unit == other.Unit);

    /// <summary>What its counters have in common. A limit counts under one name and by one clock; of others it is made anew each time. Two callers at once only make it twice.</summary>
    internal CounterKind KindOf(string policy, string counter, long frequency)
    {
        CounterKind? kind = _kind;
        if (kind is null || !kind.IsFor(policy, counter, frequency))
        {
            _kind = kind = new CounterKind(policy, counter, this, frequency);
        }

        return kind;
    }

    private static DateTimeOffset Moment(long utc) => new(Math.Clamp(utc, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), TimeSpan.Zero);

    private LimitWindow Calendar => CalendarWindow ?? throw new InvalidOperationException("a limit of calls that run at once has no window");
}
