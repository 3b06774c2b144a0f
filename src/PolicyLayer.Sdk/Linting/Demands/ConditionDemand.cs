using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Operators;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting.Demands;

/// <summary>What a plain condition demands. Its operator, the very one that judges calls, is made when first asked.</summary>
internal sealed class ConditionDemand : Demand
{
    private readonly string _op;
    private readonly DocumentNode? _operand;
    private Compilation.Operators.Operator? _made;
    private JsonElement[]? _values;

    /// <param name="node">A condition with a <c>path</c>, without errors.</param>
    /// <param name="path">The path, read.</param>
    public ConditionDemand(DocumentNode node, ValuePath path)
    {
        Node = node;
        Path = path;
        _op = node.Find("op")!.Text!;
        _operand = node.Find("value");
        IgnoresCase = node.Find("ignore_case")?.Kind == JsonValueKind.True;
        IsAbsence = AllowsAbsence = _op == OperatorFactory.Exists && _operand!.Kind == JsonValueKind.False;
        Types = TypesOf(_op, _operand);
        Cost = 1 + (_operand?.Children.Length ?? 0);
        if (_operand is { Kind: JsonValueKind.Number })
        {
            Least = _op is "gt" or "gte" ? new Bound(_operand.Text!, _op == "gte") : null;
            Most = _op is "lt" or "lte" ? new Bound(_operand.Text!, _op == "lte") : null;
        }
    }

    public DocumentNode Node { get; }

    public string Operator => _op;

    public ValuePath Path { get; }

    public override JsonElement[]? Values => _values ??= _operand is null ? null : _op switch
    {
        "eq" => [_operand.ToElement()],
        "in" => [.. _operand.Children.Where(static one => one.Kind != JsonValueKind.Null).Select(static one => one.ToElement())],
        _ => null,
    };

    /// <summary>Whether it compares with an empty list, of which there is nothing more to say.</summary>
    public bool IsEmpty => _op is "in" or "not_in" && _operand is { Children.Length: 0 };

    public override ConditionOutcome Judge(in PathValue value)
    {
        if (_operand is null || _op == OperatorFactory.Exists)
        {
            return Kleene.From(!IsAbsence);
        }

        _made ??= OperatorFactory.Create(_op, new Operand(_operand), IgnoresCase, out _, out _)!;
        return value.IsAbsent ? ConditionOutcome.False : _made.Judge(value);
    }

    // What tells cases apart, or folds them in a way of its own, says nothing of the other ways to write a text.
    public override bool Allows(in PathValue value, bool anyCase) =>
        (anyCase && !(IgnoresCase && _op is not ("regex" or "glob")) && value.Kind is not (JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) && Types.HasFlag(ValueTypesExtensions.Of(value.Kind)))
        || base.Allows(value, anyCase);

    /// <summary>The operator and its operand, as the document has them.</summary>
    public override string ToString() =>
        _operand is null ? $"{_op} the value of {Node.Find("value_from")!.Text}"
        : _op == OperatorFactory.Exists ? $"{_op} {(IsAbsence ? "false" : "true")}"
        : $"{_op} {new Operand(_operand)}";

    private static ValueTypes TypesOf(string op, DocumentNode? operand) => op switch
    {
        OperatorFactory.Exists => ValueTypes.All,
        "eq" or "neq" => operand is null ? ValueTypes.All : ValueTypesExtensions.Of(operand.Kind),
        "in" or "not_in" => operand is null ? ValueTypes.All : operand.Children.Aggregate(ValueTypes.None, static (types, one) => types | ValueTypesExtensions.Of(one.Kind)),
        "lt" or "lte" or "gt" or "gte" => ValueTypes.Number,
        "contains" => operand is null or { Kind: JsonValueKind.String } ? ValueTypes.Text | ValueTypes.List : ValueTypes.List,
        _ => ValueTypes.Text,
    };
}
