using System.Globalization;
using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Parsing.Limits;

/// <summary>Limits that name one counter share it, so they must count in the same way.</summary>
internal sealed class SharedCounters(DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, CompiledLimit> _first = new(StringComparer.Ordinal);
    private readonly CoarseCounters _coarse = new();

    public void Add(CompiledLimit limit, DocumentNode node)
    {
        _coarse.Add(limit);
        if (_first.TryAdd(limit.Counter, limit))
        {
            return;
        }

        CompiledLimit first = _first[limit.Counter];
        (string Member, string Here, string There)? difference =
            limit.Rule.Algorithm != first.Rule.Algorithm ? ("algorithm", Word(limit.Rule.Algorithm), Word(first.Rule.Algorithm))
            : limit.Rule.CalendarWindow?.Length != first.Rule.CalendarWindow?.Length || (limit.Rule.Algorithm == LimitAlgorithm.Fixed && limit.Rule.CalendarWindow?.Unit != first.Rule.CalendarWindow?.Unit) ? ("window", limit.Rule.CalendarWindow!.Value.Text, first.Rule.CalendarWindow!.Value.Text)
            : limit.Scope.Text != first.Scope.Text ? ("scope", limit.Scope.Text, first.Scope.Text)
            : limit.Rule.Algorithm == LimitAlgorithm.TokenBucket && limit.Rule.Burst != first.Rule.Burst ? ("burst", Number(limit.Rule.Burst), Number(first.Rule.Burst))
            : limit.Rule.Algorithm == LimitAlgorithm.TokenBucket && limit.Rule.Max != first.Rule.Max ? ("max", Number(limit.Rule.Max), Number(first.Rule.Max))
            : null;
        if (difference is { } found)
        {
            DocumentNode place = node.Find(found.Member) ?? node.Find("counter") ?? node;
            diagnostics.Error(
                DiagnosticCodes.ConflictingLimits,
                place,
                $"the counter `{limit.Counter}` is shared with `{first.Reference.Id}`, which has the {found.Member} `{found.There}`, not `{found.Here}`; use one {found.Member}, or another counter");
        }
    }

    private static string Word(LimitAlgorithm algorithm) => algorithm switch
    {
        LimitAlgorithm.Fixed => "fixed",
        LimitAlgorithm.TokenBucket => "token_bucket",
        LimitAlgorithm.Concurrent => "concurrent",
        _ => "sliding",
    };

    private static string Number(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
