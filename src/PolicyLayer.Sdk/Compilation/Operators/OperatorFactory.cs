using System.Text.Json;
using PolicyLayer.Schemas.Regexes;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary>Makes the operator that a name and an operand ask for (policy format, section 3).</summary>
internal static class OperatorFactory
{
    /// <summary>The one operator that asks whether there is a value at all; it is not made here.</summary>
    public const string Exists = "exists";

    /// <summary>All there are.</summary>
    public static readonly string[] Names =
    [
        "eq", "neq", "in", "not_in", "lt", "lte", "gt", "gte", "regex", "contains", Exists,
        "starts_with", "ends_with", "glob", "path_in", "host_in", "ip_in",
    ];

    /// <summary>Those that can take upper and lower case for the same.</summary>
    public static readonly string[] WithIgnoreCase = ["eq", "neq", "in", "not_in", "contains", "starts_with", "ends_with", "regex", "glob"];

    /// <summary>Those whose operand must stand in the policy: a pattern is checked once, and <c>exists</c> is about what the policy says.</summary>
    public static readonly string[] WithoutValueFrom = ["regex", Exists];

    /// <summary>Makes an operator, or says what is wrong with the operand.</summary>
    /// <param name="op">One of <see cref="Names"/> but <c>exists</c>.</param>
    /// <param name="operand">What to compare with.</param>
    /// <param name="ignoreCase">Whether upper and lower case are the same.</param>
    /// <param name="code">The code of what is wrong, or null.</param>
    /// <param name="error">What is wrong, or null.</param>
    public static Operator? Create(string op, Operand operand, bool ignoreCase, out string? code, out string? error)
    {
        (Operator? made, code, error) = (op, operand.Kind) switch
        {
            ("eq" or "neq", not (JsonValueKind.Null or JsonValueKind.Undefined)) => Made(new EqualityOperator(operand, op == "eq", ignoreCase)),
            ("in" or "not_in", JsonValueKind.Array) => Made(new MembershipOperator(operand.Elements, op == "in", ignoreCase)),
            ("lt" or "lte" or "gt" or "gte", JsonValueKind.Number) => Made(new OrderOperator(operand, below: op[0] == 'l', inclusive: op.Length == 3)),
            ("contains", not (JsonValueKind.Null or JsonValueKind.Undefined)) => Made(new ContainsOperator(operand, ignoreCase)),
            ("starts_with" or "ends_with", JsonValueKind.String) => Made(new AffixOperator(operand.Text, op == "starts_with", ignoreCase)),
            ("regex", JsonValueKind.String) => Patterns([operand.Text], ignoreCase),
            ("glob", JsonValueKind.String) => Patterns([GlobPattern.ToRegex(operand.Text)], ignoreCase),
            ("glob", JsonValueKind.Array) when IsTexts(operand) => Patterns([.. operand.Elements.Select(static glob => GlobPattern.ToRegex(glob.Text))], ignoreCase),
            ("path_in" or "host_in" or "ip_in", JsonValueKind.Array) when IsTexts(operand) => PlaceOperands.Create(op, operand.Elements, out error) is { } place ? Made(place) : Wrong(error!),
            _ => Wrong($"`{op}` needs {Needed(op)} as its `value`, not {Given(operand)}"),
        };
        return made;
    }

    private static (Operator? Made, string? Code, string? Error) Made(Operator made) => (made, null, null);

    private static (Operator? Made, string? Code, string? Error) Wrong(string error) => (null, DiagnosticCodes.InvalidOperand, error);

    private static (Operator? Made, string? Code, string? Error) Patterns(string[] patterns, bool ignoreCase)
    {
        var made = new LinearRegex[patterns.Length];
        for (int i = 0; i < made.Length; i++)
        {
            if (!LinearRegex.TryCreate(patterns[i], ignoreCase ? CaseFolding.Ordinal : CaseFolding.None, out LinearRegex? regex, out string? error))
            {
                return (null, DiagnosticCodes.InvalidRegex, error);
            }

            made[i] = regex;
        }

        return Made(new RegexOperator(made));
    }

    private static bool IsTexts(Operand list) => Array.TrueForAll(list.Elements, static element => element.Kind == JsonValueKind.String);

    private static string Given(Operand operand) =>
        operand.Kind == JsonValueKind.Array && !IsTexts(operand) ? "a list with other things in it" : Kinds.WithArticle(operand.Kind);

    private static string Needed(string op) => op switch
    {
        "in" or "not_in" => "a list",
        "regex" or "starts_with" or "ends_with" => "a string",
        "glob" => "a string or a list of strings",
        "path_in" => "a list of folders",
        "host_in" => "a list of hosts",
        "ip_in" => "a list of networks",
        "eq" or "neq" or "contains" => "a value (for absence, use `exists`)",
        _ => "a number",
    };
}
