using PolicyLayer.Sdk.Testing.Checks;

namespace PolicyLayer.Sdk.Testing.Model;

/// <summary>Every call that was admitted, and when: what a plain list says that a store's sliding limits must have admitted.</summary>
/// <param name="limits">The limits of each call.</param>
internal sealed class AdmissionHistory(CounterLimit[] limits)
{
    private const int ExactAdmissions = 1_000;
    private const int Slices = 60;

    private readonly List<(DateTimeOffset At, decimal Amount, CounterReservation Answer)> _admitted = [];

    public void Add(DateTimeOffset now, decimal amount, CounterReservation answer) => _admitted.Add((now, amount, answer));

    /// <summary>Takes one out, to be given back.</summary>
    public (decimal Amount, CounterReservation Answer)? TakeOne(Random random)
    {
        if (_admitted.Count == 0)
        {
            return null;
        }

        int index = random.Next(_admitted.Count);
        (_, decimal amount, CounterReservation answer) = _admitted[index];
        _admitted.RemoveAt(index);
        return (amount, answer);
    }

    /// <summary>How long until the first of those within a window leaves it.</summary>
    public TimeSpan UntilLeaves(DateTimeOffset now, TimeSpan window) =>
        window - _admitted.Select(one => now - one.At).Where(age => age < window - TimeSpan.FromMilliseconds(1)).DefaultIfEmpty().Max();

    /// <summary>No span that ends now has more than it may, and whoever was refused now would not fit, up to the slice that a store of many admissions may err by.</summary>
    public void Check(DateTimeOffset now, (decimal Amount, CounterReservation Answer)[] refused, string where)
    {
        foreach (CounterLimit limit in limits)
        {
            decimal within = Within(now, limit.Window);
            Expect.That(within <= limit.Max, FormattableString.Invariant($"{where}: {within} are admitted within {limit.Window}, and {limit.Max} may be"));
        }

        foreach ((decimal amount, _) in refused)
        {
            Expect.That(Array.Exists(limits, limit => Counted(now, limit) + amount > limit.Max), FormattableString.Invariant($"{where}: a call of {amount} is refused that fits"));
        }
    }

    private decimal Counted(DateTimeOffset now, CounterLimit limit) =>
        Within(now, _admitted.Count <= ExactAdmissions ? limit.Window : limit.Window + (limit.Window / Slices));

    private decimal Within(DateTimeOffset now, TimeSpan span) => _admitted.Where(one => now - one.At < span).Sum(static one => one.Amount);
}
