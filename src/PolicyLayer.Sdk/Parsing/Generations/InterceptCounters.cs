using System.Globalization;
using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Parsing.Generations;

/// <summary>Turns the counters of one tool into limits: a <c>state</c> block counts, and a condition on it says how far.</summary>
internal sealed class InterceptCounters(string scope, CounterNames names, DiagnosticBag diagnostics)
{
    private const string Root = "state.";

    /// <summary>What lies just below a whole bound: amounts have at most six digits after the point.</summary>
    private const decimal Finest = 0.000001m;

    private static readonly string[] Windows = ["minute", "hour", "day"];

    private readonly Dictionary<string, DocumentNode> _states = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public static bool ReadsACounter(DocumentNode condition) => condition.Find("path")?.Text?.StartsWith(Root, StringComparison.Ordinal) == true;

    /// <summary>Takes note of what a rule counts.</summary>
    public void Declare(DocumentNode rule)
    {
        if (rule.Find("state") is not { } state || !state.Is(JsonValueKind.Object, diagnostics))
        {
            return;
        }

        state.OnlyMembers(diagnostics, ["counter", "window", "increment", "increment_from"]);
        if (state.Required("counter", diagnostics, "\"counter\": \"calls\"").NonEmptyText(diagnostics) is { } counter && !_states.TryAdd(counter, state))
        {
            diagnostics.Error(DiagnosticCodes.DuplicateName, state, $"two rules of this tool count `{counter}`");
        }
    }

    /// <summary>The limit that a condition on a counter stands for, or null.</summary>
    public Draft? Limit(DocumentNode condition, DocumentNode? onDeny)
    {
        condition.OnlyMembers(diagnostics, ["path", "op", "value"]);
        DocumentNode path = condition.Find("path")!;
        string own = $"{Root}{scope}.";
        if (!path.Text!.StartsWith(own, StringComparison.Ordinal))
        {
            diagnostics.Error(DiagnosticCodes.Untranslatable, path, $"`{path.Text}` reads the counter of another tool; a limit here counts the calls that it judges. Give both tools a limit on one counter instead");
            return null;
        }

        string counter = path.Text[own.Length..];
        if (!_states.TryGetValue(counter, out DocumentNode? state))
        {
            diagnostics.Error(DiagnosticCodes.Untranslatable, path, $"no rule of this tool counts `{counter}`");
            return null;
        }

        _read.Add(counter);
        string? op = condition.Find("op").OneOf(diagnostics, ["lte", "lt"]);
        DocumentNode? bound = condition.Required("value", diagnostics, "\"value\": 10");
        if (op is null || bound is null || !bound.Is(JsonValueKind.Number, diagnostics) || !ExactAmount.TryRead(Encoding.UTF8.GetBytes(bound.Text!), out decimal max))
        {
            if (bound is { Kind: JsonValueKind.Number } && op is not null)
            {
                diagnostics.Error(DiagnosticCodes.InvalidValue, bound, "a limit is a number from 0 to 10^18 with at most 6 digits after the point");
            }

            return null;
        }

        if (op == "lt" && max == 0)
        {
            diagnostics.Error(DiagnosticCodes.Untranslatable, bound, "a counter is never below zero, so no call would pass; write `\"action\": \"deny\"`");
            return null;
        }

        DocumentNode? window = state.Required("window", diagnostics, "\"window\": \"hour\"");
        if (window is null || window.OneOf(diagnostics, Windows) is null)
        {
            return null;
        }

        DocumentNode? amount = state.Find("increment_from") ?? (IsZero(state.Find("increment")) ? null : state.Find("increment"));
        decimal most = op == "lte" ? max : max - (IsWhole(amount) && decimal.Truncate(max) == max ? 1 : Finest);
        return New(condition, counter, Draft.Copy(window), Number(most, bound), onDeny).Add("amount", amount is null ? null : Draft.Copy(amount));
    }

    /// <summary>The limit that <c>5/hour</c> stands for, or null.</summary>
    public Draft? RateLimit(DocumentNode rate, DocumentNode? onDeny)
    {
        if (!rate.Is(JsonValueKind.String, diagnostics))
        {
            return null;
        }

        string[] parts = rate.Text!.Split('/', 2);
        if (parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 && Windows.Contains(parts[1], StringComparer.Ordinal))
        {
            return New(rate, "_rate_" + parts[1], Draft.Text(parts[1], rate), Number(count, rate), onDeny);
        }

        diagnostics.Error(DiagnosticCodes.InvalidValue, rate, $"`{rate.Text}` is no rate; write such as `5/hour`, with `minute`, `hour` or `day`");
        return null;
    }

    /// <summary>Says of each counter that no condition reads that it limits nothing.</summary>
    public void NoteUnread()
    {
        foreach ((string counter, DocumentNode state) in _states)
        {
            if (!_read.Contains(counter))
            {
                diagnostics.Note(DiagnosticCodes.LeftOut, state, $"no condition reads the counter `{counter}`, so it limits nothing and is left out");
            }
        }
    }

    /// <summary>An increment of zero stands for none given, which is one.</summary>
    private static bool IsZero(DocumentNode? increment) => AmountOf(increment) == 0;

    /// <summary>Whether a counter only takes whole steps, so that what lies below a whole bound is a whole less.</summary>
    private static bool IsWhole(DocumentNode? amount) => amount is null || (AmountOf(amount) is { } step && decimal.Truncate(step) == step);

    private static decimal? AmountOf(DocumentNode? node) =>
        node is { Kind: JsonValueKind.Number } && ExactAmount.TryRead(Encoding.UTF8.GetBytes(node.Text!), out decimal amount) ? amount : null;

    /// <summary>A limit that counts as the older form does: in calendar windows, all callers together, and given back when the call fails.</summary>
    private Draft New(DocumentNode origin, string counter, Draft window, Draft max, DocumentNode? onDeny) => Draft.Object(origin)
        .Add("counter", Draft.Text(names.Of(scope, counter, origin), origin))
        .Add("window", window)
        .Add("max", max)
        .Add("algorithm", Draft.Text("fixed", origin))
        .Add("scope", Draft.Text("global", origin))
        .Add("refund", Draft.Text("on_error", origin))
        .Add("on_deny", onDeny is null || string.IsNullOrWhiteSpace(onDeny.Text) ? null : Draft.Copy(onDeny));

    private static Draft Number(decimal value, DocumentNode origin) => Draft.Number(value.ToString("0.######", CultureInfo.InvariantCulture), origin);
}
