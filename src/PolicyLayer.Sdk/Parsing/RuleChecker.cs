using System.Globalization;
using System.Text.Json;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Compilation.Conditions;

namespace PolicyLayer.Sdk.Parsing;

/// <summary>Checks the lists <c>require</c> and <c>deny_if</c> of one entry.</summary>
internal ref struct RuleChecker(ReadOnlySpan<byte> text, DiagnosticBag diagnostics)
{
    private const int MaxConditions = 1000;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _conditions;

    public CompiledRule[] Check(DocumentNode? list)
    {
        var rules = new List<CompiledRule>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyList<DocumentNode> elements = list.Elements(diagnostics);
        for (int index = 0; index < elements.Count; index++)
        {
            DocumentNode node = elements[index];
            if (!node.Is(JsonValueKind.Object, diagnostics))
            {
                continue;
            }

            node.OnlyMembers(diagnostics, ["conditions", "on_deny", "name"]);
            string? name = node.Find("name").NonEmptyText(diagnostics);
            if (name is not null && !names.Add(name))
            {
                diagnostics.Error(DiagnosticCodes.DuplicateName, node.Find("name")!, $"two rules of this list are named `{name}`");
            }

            string? onDeny = node.Find("on_deny").NonEmptyText(diagnostics);
            DocumentNode? conditions = node.Required("conditions", diagnostics, "\"conditions\": [{ \"path\": \"args.amount\", \"op\": \"gt\", \"value\": 100 }]");
            string id = $"{list!.Pointer}/{JsonPointer.Escape(name ?? DefaultName(conditions, index))}";
            rules.Add(new CompiledRule(new RuleReference(id, onDeny), Conditions(conditions)));
        }

        return [.. rules];
    }

    /// <summary>With one condition its path and operator, else the rule's index.</summary>
    private static string DefaultName(DocumentNode? conditions, int index) =>
        conditions is { Children: [{ } only] } && only.Find("path")?.Text is { } path && only.Find("op")?.Text is { } op
            ? $"{path}-{op}"
            : index.ToString(CultureInfo.InvariantCulture);

    private Condition[] Conditions(DocumentNode? list)
    {
        var conditions = new List<Condition>();
        foreach (DocumentNode node in list.Elements(diagnostics))
        {
            if (++_conditions == MaxConditions + 1)
            {
                diagnostics.Error(DiagnosticCodes.TooMany, node, string.Create(CultureInfo.InvariantCulture, $"an entry has at most {MaxConditions} conditions"));
            }

            if (_conditions <= MaxConditions && node.Is(JsonValueKind.Object, diagnostics) && Condition(node) is { } condition)
            {
                conditions.Add(condition);
            }
        }

        return [.. conditions];
    }

    private readonly Condition? Condition(DocumentNode node)
    {
        node.OnlyMembers(diagnostics, ["path", "op", "value"], "value_from", "any", "all", "not", "ignore_case");
        if (node.Children.Any(static member => member.Name is "value_from" or "any" or "all" or "not"))
        {
            return null;
        }

        ArgumentPath? path = Path(node.Required("path", diagnostics, "\"path\": \"args.amount\""));
        string? op = Operator(node.Required("op", diagnostics, "\"op\": \"gt\""));
        DocumentNode? value = node.Required("value", diagnostics, "\"value\": 100");
        return path is null || op is null || value is null || value.IsUnreadable
            ? null
            : ConditionFactory.Create(path, op, value, JsonElement.Parse(_text[value.Offset..value.End]), diagnostics);
    }

    private readonly ArgumentPath? Path(DocumentNode? node)
    {
        if (node.NonEmptyText(diagnostics) is not { } text)
        {
            return null;
        }

        if (ArgumentPath.TryParse(text, out ArgumentPath? path, out string? code, out string? error))
        {
            return path;
        }

        diagnostics.Error(code, node!, error);
        return null;
    }

    private readonly string? Operator(DocumentNode? node)
    {
        string? op = node.NonEmptyText(diagnostics);
        if (op is null || ConditionFactory.Operators.Contains(op, StringComparer.Ordinal))
        {
            return op;
        }

        bool later = ConditionFactory.LaterOperators.Contains(op, StringComparer.Ordinal);
        diagnostics.Error(
            later ? DiagnosticCodes.NotSupported : DiagnosticCodes.UnknownOperator,
            node!,
            later ? $"the operator `{op}` is not supported by this version" : $"unknown operator `{op}`{NearestName.Hint(op, ConditionFactory.Operators)}");
        return null;
    }
}
