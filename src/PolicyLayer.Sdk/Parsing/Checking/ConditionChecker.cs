using System.Globalization;
using System.Text;
using System.Text.Json;
using PolicyLayer.Schemas.Values;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Operators;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Parsing.Checking;

/// <summary>Checks the conditions of one entry (policy format, section 3).</summary>
internal sealed class ConditionChecker(int maxConditions, PatternBudget patterns, PathPool paths, DiagnosticBag diagnostics)
{
    private static readonly string[] Groups = ["any", "all", "not"];

    private int _count;

    /// <summary>Checks the conditions of a rule, which must all hold.</summary>
    /// <param name="list">The list.</param>
    /// <param name="truthPasses">Whether truth lets the call pass.</param>
    public Condition CheckAll(DocumentNode? list, bool truthPasses)
    {
        Condition[] parts = List(list, truthPasses);
        return parts.Length == 1 ? parts[0] : new AllCondition(parts);
    }

    private Condition[] List(DocumentNode? list, bool truthPasses)
    {
        if (list is null)
        {
            return [];
        }

        DocumentNode[] nodes = list.Elements(diagnostics);
        var conditions = new Condition[nodes.Length];
        int count = 0;
        foreach (DocumentNode node in nodes)
        {
            if (Check(node, truthPasses) is { } condition)
            {
                conditions[count++] = condition;
            }
        }

        return count == conditions.Length ? conditions : conditions[..count];
    }

    private Condition? Check(DocumentNode node, bool truthPasses)
    {
        if (++_count == maxConditions + 1)
        {
            diagnostics.Error(DiagnosticCodes.TooMany, node, string.Create(CultureInfo.InvariantCulture, $"an entry has at most {maxConditions} conditions"));
        }

        if (_count > maxConditions || !node.Is(JsonValueKind.Object, diagnostics))
        {
            return null;
        }

        node.OnlyMembers(diagnostics, Members.OfCondition);
        DocumentNode? group = Array.Find(node.Children, static member => Groups.Contains(member.Name, StringComparer.Ordinal));
        return group is null ? Plain(node, truthPasses) : Group(node, group, truthPasses);
    }

    private Condition? Group(DocumentNode node, DocumentNode group, bool truthPasses)
    {
        foreach (DocumentNode other in node.Children)
        {
            if (other != group && Members.OfCondition.Contains(other.Name, StringComparer.Ordinal))
            {
                diagnostics.Error(DiagnosticCodes.InvalidValue, other, $"`{other.Name}` cannot stand beside `{group.Name}`; put each into a condition of its own");
            }
        }

        switch (group.Name)
        {
            case "any":
                return new AnyCondition(List(group, truthPasses));
            case "all":
                return new AllCondition(List(group, truthPasses));
            default:
                return Check(group, !truthPasses) is { } part ? new NotCondition(part) : null;
        }
    }

    private Condition? Plain(DocumentNode node, bool truthPasses)
    {
        ValuePath? path = Path(node.Required("path", diagnostics, "\"path\": \"args.amount\""));
        string? op = Operator(node.Required("op", diagnostics, "\"op\": \"gt\""));
        DocumentNode? value = node.Find("value");
        DocumentNode? from = node.Find("value_from");
        if (value is null && from is null)
        {
            node.Required("value", diagnostics, "\"value\": 100");
        }
        else if (value is not null && from is not null)
        {
            diagnostics.Error(DiagnosticCodes.InvalidValue, from, "`value_from` stands in place of `value`; keep one");
        }

        bool ignoreCase = IgnoreCase(node.Find("ignore_case"), op);
        ValueTest? test = op is null ? null : from is not null ? FromPath(op, from, ignoreCase) : value is not null ? FromValue(op, value, ignoreCase) : null;
        if (path is null || test is null)
        {
            return null;
        }

        return path.HasEvery ? new EachCondition(path, test, every: truthPasses) : new PathCondition(path, test);
    }

    private ValueTest? FromValue(string op, DocumentNode value, bool ignoreCase)
    {
        if (op == OperatorFactory.Exists && value.Kind is JsonValueKind.True or JsonValueKind.False)
        {
            return new ExistsTest(value.Kind == JsonValueKind.True);
        }

        if (op == OperatorFactory.Exists)
        {
            diagnostics.Error(DiagnosticCodes.InvalidOperand, value, $"`exists` needs `true` or `false` as its `value`, not {Kinds.WithArticle(value.Kind)}");
            return null;
        }

        if (value.IsUnreadable || patterns.IsSpent)
        {
            return null;
        }

        if (FirstIncomparable(value) is { } number)
        {
            diagnostics.Error(DiagnosticCodes.InvalidOperand, number, $"`{op}` cannot compare `{number.Text}`: its exponent has more than 15 digits");
            return null;
        }

        var operand = new Operand(value);
        if (OperatorFactory.Create(op, operand, ignoreCase, out string? code, out string? error) is { } made)
        {
            patterns.Spend(made, value);
            return new OperatorTest(op, operand, made);
        }

        diagnostics.Error(code!, value, error!);
        return null;
    }

    /// <summary>A number that would be unknown beside every argument, at any depth; or null.</summary>
    private static DocumentNode? FirstIncomparable(DocumentNode value)
    {
        if (value.Kind == JsonValueKind.Number)
        {
            byte[] number = Encoding.UTF8.GetBytes(value.Text!);
            return ExactNumber.TryCompare(number, number, out _) ? null : value;
        }

        foreach (DocumentNode child in value.Children)
        {
            if (FirstIncomparable(child) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private ValueFromTest? FromPath(string op, DocumentNode from, bool ignoreCase)
    {
        if (OperatorFactory.WithoutValueFrom.Contains(op, StringComparer.Ordinal))
        {
            diagnostics.Error(DiagnosticCodes.InvalidOperand, from, $"`{op}` takes a `value` that stands in the policy, not `value_from`");
            return null;
        }

        ValuePath? path = Path(from);
        if (path is { HasEvery: true })
        {
            diagnostics.Error(DiagnosticCodes.InvalidPath, from, "`value_from` must lead to one value, so there can be no `*` in it");
            return null;
        }

        return path is null ? null : new ValueFromTest(op, path, ignoreCase);
    }

    private bool IgnoreCase(DocumentNode? node, string? op)
    {
        if (node is null)
        {
            return false;
        }

        if (node.Kind is not (JsonValueKind.True or JsonValueKind.False))
        {
            diagnostics.Error(DiagnosticCodes.WrongType, node, $"`ignore_case` must be `true` or `false`, not {Kinds.WithArticle(node.Kind)}");
        }
        else if (op is not null && !OperatorFactory.WithIgnoreCase.Contains(op, StringComparer.Ordinal))
        {
            diagnostics.Error(DiagnosticCodes.InvalidValue, node, $"`{op}` has no `ignore_case`; these have: {string.Join(", ", OperatorFactory.WithIgnoreCase.Select(static name => $"`{name}`"))}");
        }

        return node.Kind == JsonValueKind.True;
    }

    private ValuePath? Path(DocumentNode? node)
    {
        if (node.NonEmptyText(diagnostics) is not { } text)
        {
            return null;
        }

        if (!paths.TryGet(text, out ValuePath? path, out string? error))
        {
            diagnostics.Error(DiagnosticCodes.InvalidPath, node!, error);
        }

        return path;
    }

    private string? Operator(DocumentNode? node)
    {
        string? op = node.NonEmptyText(diagnostics);
        if (op is null || OperatorFactory.Names.Contains(op, StringComparer.Ordinal))
        {
            return op;
        }

        diagnostics.Error(DiagnosticCodes.UnknownOperator, node!, $"unknown operator `{op}`{NearestName.Hint(op, OperatorFactory.Names)}");
        return null;
    }
}
