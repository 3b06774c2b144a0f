using PolicyLayer.Sdk.Linting.Demands;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Lints of <c>path_in</c>, <c>host_in</c> and <c>ip_in</c> where truth stops a call: they are false for what they cannot read, and that passes.</summary>
internal sealed class PlaceLints
{
    private readonly DiagnosticBag _diagnostics;

    /// <summary>What the <c>require</c> of the entry reads in any case: paths, each with how it is read.</summary>
    private readonly HashSet<(string Path, bool AsFile)> _readable = [];

    /// <param name="required">What the <c>require</c> of the entry demands.</param>
    /// <param name="diagnostics">Receives the warnings.</param>
    public PlaceLints(IEnumerable<ConditionDemand> required, DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        foreach (ConditionDemand demand in required.Where(static demand => IsPlace(demand.Operator)))
        {
            _readable.Add((Conjunction.KeyOf(demand.Path), demand.Operator == "path_in"));
        }
    }

    public static bool IsPlace(string op) => op is "path_in" or "host_in" or "ip_in";

    /// <param name="condition">A condition with such an operator, where truth stops the call.</param>
    /// <param name="kind">The rule that it stands in.</param>
    public void Lint(ConditionDemand condition, RuleKind kind)
    {
        string op = condition.Operator;
        if (_readable.Contains((Conjunction.KeyOf(condition.Path), op == "path_in")))
        {
            return;
        }

        string advice = kind == RuleKind.Require
            ? $"so `not` lets that pass; say where a call may go: `{op}` without `not`, in place of this or beside it"
            : $"so that passes here; say in `require` where a call may go";
        _diagnostics.Warning(DiagnosticCodes.UnreadablePasses, condition.Node.Find("path")!, $"`{op}` is false for what it cannot read, {advice}");
    }
}
