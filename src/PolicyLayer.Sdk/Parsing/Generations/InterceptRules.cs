using System.Text.Json;

namespace PolicyLayer.Sdk.Parsing.Generations;

/// <summary>Turns the <c>rules</c> of one tool into an entry of ours.</summary>
/// <param name="entry">The tool's entry.</param>
/// <param name="scope">How paths of its counters name it.</param>
/// <param name="timeout">How long approvals may take where a rule does not say.</param>
/// <param name="names">The counters of the whole document.</param>
/// <param name="diagnostics">Receives what cannot be translated.</param>
internal sealed class InterceptRules(DocumentNode entry, string scope, DocumentNode? timeout, CounterNames names, DiagnosticBag diagnostics)
{
    private static readonly string[] RuleMembers = ["name", "action", "rate_limit", "conditions", "on_deny", "state", "approval_timeout", "spend"];

    private readonly Draft _result = Draft.Object(entry);
    private readonly InterceptCounters _counters = new(scope, names, diagnostics);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public static void RefuseSpend(DocumentNode spend, DiagnosticBag diagnostics) =>
        diagnostics.Error(DiagnosticCodes.Untranslatable, spend, "`spend` cannot be translated: it reads a price from the server's payment challenge, which is no part of the call; write a limit with `amount` instead");

    public Draft ToEntry()
    {
        DocumentNode[] rules = entry.Find("rules") is { } list ? [.. list.Elements(diagnostics).Where(rule => rule.Is(JsonValueKind.Object, diagnostics))] : [];
        foreach (DocumentNode rule in rules)
        {
            _counters.Declare(rule);
        }

        foreach (DocumentNode rule in rules)
        {
            rule.OnlyMembers(diagnostics, RuleMembers);
            if (rule.Find("spend") is { } spend)
            {
                RefuseSpend(spend, diagnostics);
            }

            Add(rule);
        }

        _counters.NoteUnread();
        return _result;
    }

    private void Add(DocumentNode rule)
    {
        string? action = rule.Find("action") is { } node ? node.OneOf(diagnostics, ["evaluate", "deny", "require_approval"]) : "evaluate";
        switch (action)
        {
            case "deny":
                Forbid(rule, "conditions", "a rule that denies has none in this older form; what it should mean is unclear");
                Forbid(rule, "rate_limit", "a rule that denies counts nothing");
                Forbid(rule, "state", "a rule that denies counts nothing");
                if (!_result.Has("action"))
                {
                    _result.Add("action", Draft.Text("deny", rule)).Add("reason", CopyText(rule.Find("on_deny")));
                }

                break;
            case "require_approval":
                Forbid(rule, "rate_limit", "put the limit into a rule of its own");
                Forbid(rule, "state", "put the limit into a rule of its own");
                Draft asks = Named(rule).Add("conditions", Conditions(rule, allowCounters: false)).Add("reason", CopyText(rule.Find("on_deny")));
                DocumentNode? expires = rule.Find("approval_timeout") ?? timeout;
                _result.ListOf("require_approval", rule).Add(asks.Add("expires", expires is null ? null : Draft.Copy(expires)));
                break;
            case "evaluate":
                Evaluate(rule);
                break;
            default:
                break;
        }
    }

    private void Evaluate(DocumentNode rule)
    {
        if (rule.Find("rate_limit") is { } rate)
        {
            Forbid(rule, "conditions", "a rule with a `rate_limit` has no other conditions");
            Forbid(rule, "state", "a rule with a `rate_limit` has no other counter");
            if (_counters.RateLimit(rate, rule.Find("on_deny")) is { } limit)
            {
                _result.ListOf("limits", rule).Add(limit);
            }

            return;
        }

        if (rule.Find("conditions") is not { } conditions)
        {
            diagnostics.Error(DiagnosticCodes.MissingMember, rule, "`conditions` is missing; a rule without an `action` has conditions or a `rate_limit`");
            return;
        }

        foreach (DocumentNode condition in conditions.Elements(diagnostics).Where(InterceptCounters.ReadsACounter))
        {
            if (_counters.Limit(condition, rule.Find("on_deny")) is { } limit)
            {
                _result.ListOf("limits", rule).Add(limit);
            }
        }

        if (conditions.Children.Length == 0 || Array.Exists(conditions.Children, static condition => !InterceptCounters.ReadsACounter(condition)))
        {
            _result.ListOf("require", rule).Add(Named(rule).Add("conditions", Conditions(rule, allowCounters: true)).Add("on_deny", CopyText(rule.Find("on_deny"))));
        }
    }

    private Draft? Conditions(DocumentNode rule, bool allowCounters)
    {
        if (rule.Find("conditions") is not { } conditions)
        {
            return Draft.List(rule);
        }

        Draft list = Draft.List(conditions);
        foreach (DocumentNode condition in conditions.Elements(diagnostics))
        {
            if (!InterceptCounters.ReadsACounter(condition))
            {
                list.Add(Draft.Copy(condition));
            }
            else if (!allowCounters)
            {
                diagnostics.Error(DiagnosticCodes.Untranslatable, condition, "whether to ask a person cannot depend on a counter");
            }
        }

        return list;
    }

    /// <summary>A rule with its name; names that stand twice, which the older form allows, are numbered.</summary>
    private Draft Named(DocumentNode rule)
    {
        Draft draft = Draft.Object(rule);
        if (rule.Find("name").NonEmptyText(diagnostics) is not { } name)
        {
            return draft;
        }

        string unique = name;
        for (int i = 2; !_names.Add(unique); i++)
        {
            unique = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} {i}");
        }

        return draft.Add("name", Draft.Text(unique, rule.Find("name")!));
    }

    private void Forbid(DocumentNode rule, string member, string why)
    {
        if (rule.Find(member) is { } found && !(found.Kind == JsonValueKind.Array && found.Children.Length == 0))
        {
            diagnostics.Error(DiagnosticCodes.Untranslatable, found, $"`{member}` cannot stand in this rule: {why}");
        }
    }

    /// <summary>A text; an empty one says nothing and is left out.</summary>
    private static Draft? CopyText(DocumentNode? node) => node is null || (node.Kind == JsonValueKind.String && string.IsNullOrWhiteSpace(node.Text)) ? null : Draft.Copy(node);
}
