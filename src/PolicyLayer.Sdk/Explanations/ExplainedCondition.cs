using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk;

/// <summary>One condition of a rule: what it asked, what it saw, what came out.</summary>
public sealed class ExplainedCondition
{
    private ExplainedCondition(string text, ConditionOutcome outcome, string? seenType, string? seenValue, IReadOnlyList<ExplainedCondition> parts)
    {
        Text = text;
        Outcome = outcome switch
        {
            ConditionOutcome.True => "true",
            ConditionOutcome.False => "false",
            _ => "unknown",
        };
        SeenType = seenType;
        SeenValue = seenValue;
        Parts = parts;
    }

    /// <summary>The condition in short, such as <c>args.amount gt 50000</c>; or <c>any</c>, <c>all</c>, <c>not</c>.</summary>
    public string Text { get; }

    /// <summary><c>true</c>, <c>false</c> or <c>unknown</c>.</summary>
    public string Outcome { get; }

    /// <summary>The type of the value at the path: <c>string</c>, <c>number</c>, <c>boolean</c>, <c>list</c>, <c>object</c>, <c>null</c> or <c>absent</c>; null where there is no single value.</summary>
    public string? SeenType { get; }

    /// <summary>The value as JSON; null unless values were asked for.</summary>
    public string? SeenValue { get; }

    /// <summary>The parts of <c>any</c>, <c>all</c> and <c>not</c>.</summary>
    public IReadOnlyList<ExplainedCondition> Parts { get; }

    internal static ExplainedCondition Group(string word, ConditionOutcome outcome, Condition[] parts, in CallView call, bool showValues)
    {
        var explained = new ExplainedCondition[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            explained[i] = parts[i].Explain(call, showValues);
        }

        return new ExplainedCondition(word, outcome, null, null, explained);
    }

    internal static ExplainedCondition Leaf(string text, ConditionOutcome outcome, in PathValue seen, bool showValues) =>
        new(text, outcome, TypeOf(seen.Kind), showValues ? ToJson(seen) : null, []);

    /// <summary>A condition on many values.</summary>
    internal static ExplainedCondition Leaf(string text, ConditionOutcome outcome) => new(text, outcome, null, null, []);

    private static string TypeOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Array => "list",
        JsonValueKind.Object => "object",
        JsonValueKind.Null => "null",
        _ => "absent",
    };

    private static string? ToJson(in PathValue value) =>
        value.Text is { } text ? '"' + JsonEncodedText.Encode(Encoding.UTF8.GetBytes(text)).ToString() + '"'
        : value.Kind == JsonValueKind.Undefined ? null
        : Encoding.UTF8.GetString(value.Utf8);
}
