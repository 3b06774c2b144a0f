using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Linting.Demands;

/// <summary>Whether some value meets several demands at once. A no is certain; where finding out is too hard, the answer is yes.</summary>
internal static class Satisfiability
{
    /// <summary>So many comparisons are made for one value, so that long lists cost no more than their length allows.</summary>
    private const long MostComparisons = 10_000;

    private static readonly JsonElement[] TrueAndFalse = [JsonElement.Parse("true"u8), JsonElement.Parse("false"u8)];

    public static bool CanHold(IReadOnlyCollection<Demand> demands)
    {
        if (demands.Any(static demand => demand.IsAbsence))
        {
            return demands.All(static demand => demand.AllowsAbsence);
        }

        ValueTypes types = demands.Aggregate(ValueTypes.All, static (types, demand) => types & demand.Types);
        if (types != ValueTypes.None && demands.Count == 1)
        {
            return true;
        }

        if (types == ValueTypes.None || !HasRoom(demands, out JsonElement? only))
        {
            return false;
        }

        // Of lists that tell cases apart, the shortest; else any.
        Demand? closed = demands.Where(static demand => demand.Values is not null).OrderBy(static demand => demand.IgnoresCase).ThenBy(static demand => demand.Values!.Length).FirstOrDefault();
        JsonElement[]? candidates = closed?.Values ?? (only is { } bound ? [bound] : types == ValueTypes.Boolean ? TrueAndFalse : null);
        return candidates is null
            || candidates.Length * demands.Sum(static demand => (long)demand.Cost) > MostComparisons
            || candidates.Any(value => demands.All(demand => demand.Allows(new PathValue(value), closed is { IgnoresCase: true })));
    }

    /// <summary>Whether demands that no value meets can still be unknown of one: then a rule counts it against the call.</summary>
    public static bool CanBeUnknown(IReadOnlyCollection<Demand> demands) =>
        !demands.Any(static demand => demand.IsAbsence)
        && (demands.OfType<KnownValue>().FirstOrDefault(static known => known.Values is not null) is not { } known
            || known.Values!.Any(value => demands.Aggregate(ConditionOutcome.True, (outcome, demand) => outcome.And(demand.Judge(new PathValue(value)))) == ConditionOutcome.Unknown));

    /// <summary>Whether there is a number between all bounds.</summary>
    /// <param name="demands">The demands.</param>
    /// <param name="only">The one number that there is, where it is one alone.</param>
    private static bool HasRoom(IReadOnlyCollection<Demand> demands, out JsonElement? only)
    {
        only = null;
        Bound? least = demands.Select(static demand => demand.Least).Aggregate(static (best, next) => Stricter(best, next, 1));
        Bound? most = demands.Select(static demand => demand.Most).Aggregate(static (best, next) => Stricter(best, next, -1));
        if (least is not { } low || most is not { } high)
        {
            return true;
        }

        int order = low.OrderTo(high);
        if (order == 0 && low.Inclusive && high.Inclusive)
        {
            only = JsonElement.Parse(low.Number);
        }

        return order < 0 || only is not null;
    }

    private static Bound? Stricter(Bound? one, Bound? other, int sign) =>
        one is not { } a ? other
        : other is not { } b ? one
        : a.OrderTo(b) * sign is var order && order == 0 ? a with { Inclusive = a.Inclusive && b.Inclusive }
        : order > 0 ? one : other;
}
