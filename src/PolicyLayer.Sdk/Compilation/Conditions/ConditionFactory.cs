using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PolicyLayer.Internal;
using PolicyLayer.Sdk.Compilation.Regexes;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>Makes the condition that an operator and its operand ask for.</summary>
internal static class ConditionFactory
{
    /// <summary>The operators there are (policy format, section 3).</summary>
    public static readonly string[] Operators = ["eq", "neq", "in", "not_in", "lt", "lte", "gt", "gte", "regex", "contains", "exists"];

    /// <summary>Operators of the format that come later: an error, never ignored.</summary>
    public static readonly string[] LaterOperators = ["starts_with", "ends_with", "glob", "path_in", "host_in", "ip_in"];

    /// <summary>Makes a condition, or says what is wrong with the operand.</summary>
    /// <param name="path">Which argument.</param>
    /// <param name="op">One of <see cref="Operators"/>.</param>
    /// <param name="operand">The node of <c>value</c>.</param>
    /// <param name="value">The operand's value.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static Condition? Create(ArgumentPath path, string op, DocumentNode operand, JsonElement value, DiagnosticBag diagnostics)
    {
        if (FirstIncomparable(operand) is { } number)
        {
            return Fail(diagnostics, DiagnosticCodes.InvalidOperand, number, $"`{op}` cannot compare `{number.Text}`: its exponent has more than 15 digits");
        }

        switch (op)
        {
            case "eq" or "neq" when operand.Kind != JsonValueKind.Null:
                return new EqualityCondition(path, new Operand(value), op == "eq");
            case "in" or "not_in" when operand.Kind == JsonValueKind.Array:
                return new MembershipCondition(path, [.. value.EnumerateArray().Select(static element => new Operand(element))], op == "in");
            case "lt" or "lte" or "gt" or "gte" when operand.Kind == JsonValueKind.Number:
                return new OrderCondition(path, operand.Text!, below: op[0] == 'l', inclusive: op.Length == 3);
            case "contains" when operand.Kind != JsonValueKind.Null:
                return new ContainsCondition(path, new Operand(value), operand.Kind == JsonValueKind.String ? operand.Text : null);
            case "exists" when operand.Kind is JsonValueKind.True or JsonValueKind.False:
                return new ExistsCondition(path, operand.Kind == JsonValueKind.True);
            case "regex" when operand.Kind == JsonValueKind.String:
                return LinearRegex.TryCreate(operand.Text!, out Regex? regex, out string? error)
                    ? new RegexCondition(path, regex)
                    : Fail(diagnostics, DiagnosticCodes.InvalidRegex, operand, error);
            default:
                return Fail(diagnostics, DiagnosticCodes.InvalidOperand, operand, $"`{op}` needs {Needed(op)} as its `value`, not {Kinds.WithArticle(operand.Kind)}");
        }
    }

    /// <summary>A number that would be unknown beside every argument, in an operand at any depth; or null.</summary>
    private static DocumentNode? FirstIncomparable(DocumentNode operand)
    {
        if (operand.Kind == JsonValueKind.Number)
        {
            byte[] number = Encoding.UTF8.GetBytes(operand.Text!);
            return ExactNumber.TryCompare(number, number, out _) ? null : operand;
        }

        return operand.Children.Select(FirstIncomparable).FirstOrDefault(static found => found is not null);
    }

    private static Condition? Fail(DiagnosticBag diagnostics, string code, DocumentNode operand, string message)
    {
        diagnostics.Error(code, operand, message);
        return null;
    }

    private static string Needed(string op) => op switch
    {
        "in" or "not_in" => "a list",
        "regex" => "a string",
        "exists" => "`true` or `false`",
        "eq" or "neq" or "contains" => "a value (for absence, use `exists`)",
        _ => "a number",
    };
}
