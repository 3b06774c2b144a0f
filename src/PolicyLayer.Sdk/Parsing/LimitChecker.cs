using System.Globalization;
using System.Text;
using System.Text.Json;
using PolicyLayer.Internal;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Counting;

namespace PolicyLayer.Sdk.Parsing;

/// <summary>Checks the limits of one document (policy format, section 5).</summary>
internal sealed class LimitChecker(DiagnosticBag diagnostics)
{
    /// <summary>Large enough for any budget in the smallest unit of any currency; small enough that sums stay exact.</summary>
    private const decimal LargestMax = 1_000_000_000_000_000_000m;

    private readonly Dictionary<string, CompiledLimit> _byCounter = new(StringComparer.Ordinal);

    public CompiledLimit[] Check(DocumentNode entry)
    {
        DocumentNode? list = entry.Find("limits");
        var limits = new List<CompiledLimit>();
        foreach (DocumentNode node in list is null ? [] : list.Elements(diagnostics))
        {
            if (!node.Is(JsonValueKind.Object, diagnostics) || Limit(node, list!.Pointer) is not { } limit)
            {
                continue;
            }

            CheckShared(limit, node);
            limits.Add(limit);
        }

        return [.. limits];
    }

    private CompiledLimit? Limit(DocumentNode node, string listPointer)
    {
        node.OnlyMembers(diagnostics, ["counter", "window", "max", "scope", "algorithm", "refund", "on_deny", "concurrent"]);
        if (node.Find("concurrent") is not null)
        {
            return null;
        }

        string? counter = node.Required("counter", diagnostics, "\"counter\": \"calls\"").NonEmptyText(diagnostics);
        DocumentNode? windowNode = node.Required("window", diagnostics, "\"window\": \"minute\"");
        (TimeSpan Length, string Text)? window = windowNode is null ? null : LimitWindow.Read(windowNode, diagnostics);
        decimal? max = Max(node.Required("max", diagnostics, "\"max\": 10"));
        Scope(node.Find("scope"));
        node.Find("algorithm").OneOf(diagnostics, ["sliding"]);
        RefundRule refund = Refund(node.Find("refund").OneOf(diagnostics, ["not_run", "on_error", "never"]));
        string? onDeny = node.Find("on_deny").NonEmptyText(diagnostics);
        if (counter is null || window is null || max is null)
        {
            return null;
        }

        var reference = new RuleReference(listPointer, counter, onDeny);
        return new CompiledLimit(reference, counter, window.Value.Length, window.Value.Text, max.Value, "grant", refund);
    }

    /// <summary>Entries that name one counter share it, so they must count in the same way.</summary>
    private void CheckShared(CompiledLimit limit, DocumentNode node)
    {
        if (!_byCounter.TryAdd(limit.Counter, limit) && _byCounter[limit.Counter] is var first && first.Window != limit.Window)
        {
            diagnostics.Error(
                DiagnosticCodes.ConflictingLimits,
                node.Find("window")!,
                $"the counter `{limit.Counter}` is shared with `{first.Reference.Id}`, which has the window `{first.WindowText}`; use one window, or another counter");
        }
    }

    private void Scope(DocumentNode? node)
    {
        if (node is { Kind: JsonValueKind.Array })
        {
            diagnostics.Error(DiagnosticCodes.NotSupported, node, "a list as `scope` is not supported by this version; write `\"grant\"`");
            return;
        }

        node.OneOf(diagnostics, ["grant"]);
    }

    private static RefundRule Refund(string? text) => text switch
    {
        "on_error" => RefundRule.OnError,
        "never" => RefundRule.Never,
        _ => RefundRule.NotRun,
    };

    private decimal? Max(DocumentNode? node)
    {
        if (node is null || !node.Is(JsonValueKind.Number, diagnostics))
        {
            return null;
        }

        bool exact = decimal.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal max)
            && ExactNumber.TryCompare(Encoding.UTF8.GetBytes(node.Text!), Encoding.UTF8.GetBytes(max.ToString(CultureInfo.InvariantCulture)), out int order)
            && order == 0;
        if (exact && max is >= 0 and <= LargestMax && decimal.Round(max, 6) == max)
        {
            return max;
        }

        diagnostics.Error(DiagnosticCodes.InvalidValue, node, $"`max` must be a number from 0 to 10^18 with at most 6 digits after the point, not `{node.Text}`");
        return null;
    }
}
