using System.Text.Json;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Counting.Pending;

namespace PolicyLayer.Sdk.Parsing.Limits;

/// <summary>Checks the limits of one document (policy format, section 5).</summary>
internal sealed class LimitChecker(PathPool paths, DiagnosticBag diagnostics)
{
    private static readonly string[] NotBesideConcurrent = ["window", "max", "algorithm", "amount", "burst", "refund"];

    private static readonly string[] Algorithms = ["sliding", "fixed", "token_bucket"];

    private static readonly string[] Refunds = ["not_run", "on_error", "never"];

    private readonly LimitValues _values = new(paths, diagnostics);
    private readonly SharedCounters _shared = new(diagnostics);

    /// <summary>Checks the <c>limits</c> and the <c>rate_limit</c> of an entry.</summary>
    public CompiledLimit[] Check(DocumentNode entry)
    {
        DocumentNode? list = entry.Find("limits");
        DocumentNode? rate = entry.Find("rate_limit");
        if (list is null && rate is null)
        {
            return [];
        }

        var limits = new List<CompiledLimit>();
        if (list is not null)
        {
            foreach (DocumentNode node in list.Elements(diagnostics))
            {
                if (node.Is(JsonValueKind.Object, diagnostics) && Limit(node, list.Pointer) is { } limit)
                {
                    _shared.Add(limit, node);
                    limits.Add(limit);
                }
            }
        }

        if (rate is not null && rate.Is(JsonValueKind.Object, diagnostics) && RateLimit(rate, entry) is { } one)
        {
            _shared.Add(one, rate);
            limits.Add(one);
        }

        return [.. limits];
    }

    private CompiledLimit? Limit(DocumentNode node, string listPointer)
    {
        node.OnlyMembers(diagnostics, Members.OfLimit);
        string? counter = node.Required("counter", diagnostics, "\"counter\": \"calls\"").NonEmptyText(diagnostics);
        var reference = new RuleReference(listPointer, counter ?? string.Empty, node.Find("on_deny").NonEmptyText(diagnostics));
        LimitScope? scope = _values.Scope(node.Find("scope"));
        return node.Find("concurrent") is { } concurrent
            ? Concurrent(node, concurrent, counter, scope, reference)
            : Windowed(node, counter, scope, reference);
    }

    private CompiledLimit? Concurrent(DocumentNode node, DocumentNode concurrent, string? counter, LimitScope? scope, RuleReference reference)
    {
        foreach (DocumentNode other in node.Children)
        {
            if (NotBesideConcurrent.Contains(other.Name, StringComparer.Ordinal))
            {
                diagnostics.Error(DiagnosticCodes.InvalidValue, other, $"`{other.Name}` cannot stand beside `concurrent`, which counts the calls that run at once");
            }
        }

        return _values.Concurrent(concurrent) is { } most && counter is not null && scope is not null
            ? new CompiledLimit(reference, counter, new CounterLimit(LimitAlgorithm.Concurrent, null, most, 0), scope, LimitAmount.One, RefundRule.NotRun)
            : null;
    }

    private CompiledLimit? Windowed(DocumentNode node, string? counter, LimitScope? scope, RuleReference reference)
    {
        if (node.Find("algorithm") is { Text: "concurrent" } mistaken)
        {
            // The one mistake: neither a window nor a maximum would mend it.
            diagnostics.Error(DiagnosticCodes.InvalidValue, mistaken, "calls that run at once are no `algorithm`; write `\"concurrent\": 3` in place of `algorithm`, `window` and `max`");
            return null;
        }

        DocumentNode? windowNode = node.Required("window", diagnostics, "\"window\": \"minute\"");
        LimitWindow? window = windowNode is null ? null : WindowReader.Read(windowNode, diagnostics);
        decimal? max = _values.Amount(node.Required("max", diagnostics, "\"max\": 10"));
        LimitAmount? amount = _values.AmountOfCall(node.Find("amount"));
        LimitAlgorithm algorithm = node.Find("algorithm").OneOf(diagnostics, Algorithms) switch
        {
            "fixed" => LimitAlgorithm.Fixed,
            "token_bucket" => LimitAlgorithm.TokenBucket,
            _ => LimitAlgorithm.Sliding,
        };
        RefundRule refund = node.Find("refund").OneOf(diagnostics, Refunds) switch
        {
            "on_error" => RefundRule.OnError,
            "never" => RefundRule.Never,
            _ => RefundRule.NotRun,
        };
        if (window is { Unit: CalendarUnit.Month } && algorithm != LimitAlgorithm.Fixed)
        {
            diagnostics.Error(DiagnosticCodes.InvalidValue, windowNode!, "the window `month` is of no fixed length; write `\"algorithm\": \"fixed\"` beside it, or `\"30d\"`");
            return null;
        }

        decimal? burst = _values.Burst(node, algorithm, max);
        return counter is null || scope is null || window is null || max is null || amount is null || burst is null
            ? null
            : new CompiledLimit(reference, counter, new CounterLimit(algorithm, window, max.Value, burst.Value), scope, amount, refund);
    }

    /// <summary>The short form of one sliding limit for each grant.</summary>
    private CompiledLimit? RateLimit(DocumentNode node, DocumentNode entry)
    {
        node.OnlyMembers(diagnostics, Members.OfRateLimit);
        DocumentNode? windowNode = node.Required("window", diagnostics, "\"window\": 60");
        LimitWindow? window = windowNode is null ? null : WindowReader.Read(windowNode, diagnostics);
        decimal? max = _values.Amount(node.Required("max", diagnostics, "\"max\": 10"));
        if (window is { Unit: CalendarUnit.Month })
        {
            diagnostics.Error(DiagnosticCodes.InvalidValue, windowNode!, "`rate_limit` has no window `month`; write `limits` with `\"algorithm\": \"fixed\"`");
            return null;
        }

        return window is null || max is null
            ? null
            : new CompiledLimit(new RuleReference(entry.Pointer, "rate_limit"), entry.Name + "_rate", new CounterLimit(LimitAlgorithm.Sliding, window, max.Value, max.Value), LimitScope.Grant, LimitAmount.One, RefundRule.NotRun);
    }
}
