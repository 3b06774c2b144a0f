using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Compilation.Conditions;

/// <summary>Conditions made at random, of odd values and paths, against a model that knows nothing of how they are run.</summary>
public sealed class ConditionModelTests
{
    private static readonly string[] Names = ["a", "b", "0", "1", "a.b", "*", "", "k/1", "~", "é"];

    private static readonly string[] Scalars =
    [
        "null", "true", "false", "0", "-0", "1", "1.0", "10e-1", "0.1", "-5", "9007199254740993", "9007199254740992", "1e400", "1e-400", "1e9999999999999999",
        "\"\"", "\"a\"", "\"A\"", "\"\\u0061\"", "\"ab\"", "\"1\"", "\"true\"", "\"é\"", "\"\\u00c9\"", "\"k\"", "\"\\u212a\"", "\"\\\\\"", "\"😀\"",
    ];

    private static readonly string[] Numbers = ["0", "1", "1.00", "-5", "9007199254740992", "1e400", "0.1"];

    private static readonly string[] Operators = ["eq", "neq", "in", "not_in", "contains", "starts_with", "ends_with", "exists", "lt", "lte", "gt", "gte"];

    [Fact]
    public void Condition_has_the_outcome_that_the_format_gives_it() => Seeded.ForAll(3000, static random =>
    {
        string condition = Condition(random, 3);
        ToolPolicy policy = Judging.Tools($$"""{ "require": { "require": [{ "conditions": [{{condition}}] }] }, "deny_if": { "deny_if": [{ "conditions": [{{condition}}] }] } }""");
        JsonElement parsed = JsonElement.Parse(condition);
        for (int i = 0; i < 5; i++)
        {
            string arguments = Object(random, 3);
            JsonElement element = JsonElement.Parse(arguments);
            DecisionReason require = ConditionModel.Evaluate(parsed, element, truthPasses: true) switch { 1 => DecisionReason.Allowed, 0 => DecisionReason.UnknownCondition, _ => DecisionReason.RequireFailed };
            DecisionReason denyIf = ConditionModel.Evaluate(parsed, element, truthPasses: false) switch { 1 => DecisionReason.DenyIf, 0 => DecisionReason.UnknownCondition, _ => DecisionReason.Allowed };
            foreach (ToolArguments form in (ToolArguments[])[element, new(element.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value)), ToolArguments.FromUtf8(Encoding.UTF8.GetBytes(arguments))])
            {
                ToolGuard guard = Judging.Guard([policy]);
                Assert.Equal((condition, arguments, require), (condition, arguments, guard.Decide(new ToolCall(Grant.Default, "require", form)).Reason));
                Assert.Equal((condition, arguments, denyIf), (condition, arguments, guard.Decide(new ToolCall(Grant.Default, "deny_if", form)).Reason));
            }
        }
    });

    private static string Condition(Random random, int depth) => random.Next(depth > 0 ? 8 : 5) switch
    {
        5 => $$"""{ "any": [{{Many(random, () => Condition(random, depth - 1))}}] }""",
        6 => $$"""{ "all": [{{Many(random, () => Condition(random, depth - 1))}}] }""",
        7 => $$"""{ "not": {{Condition(random, depth - 1)}} }""",
        _ => Plain(random),
    };

    private static string Plain(Random random)
    {
        string op = Pick(random, Operators);
        bool isFrom = op != "exists" && random.Next(5) == 0;
        string operand = isFrom ? JsonSerializer.Serialize(Path(random, mayHaveStar: false)) : Operand(random, op);
        string more = op is "exists" or "lt" or "lte" or "gt" or "gte" || random.Next(3) > 0 ? string.Empty : ", \"ignore_case\": true";
        return $$"""{ "path": {{JsonSerializer.Serialize(Path(random, mayHaveStar: true))}}, "op": "{{op}}", "{{(isFrom ? "value_from" : "value")}}": {{operand}}{{more}} }""";
    }

    /// <summary>One that the checker takes: not null itself, and no number beyond comparing.</summary>
    private static string Operand(Random random, string op)
    {
        string operand;
        do
        {
            operand = op switch
            {
                "exists" => Pick(random, ["true", "false"]),
                "in" or "not_in" => $"[{Many(random, () => Value(random, 1))}]",
                "starts_with" or "ends_with" => Pick(random, Scalars[15..]),
                "lt" or "lte" or "gt" or "gte" => Pick(random, Numbers),
                _ => Value(random, 2),
            };
        }
        while (operand == "null" || operand.Contains("e9999", StringComparison.Ordinal));
        return operand;
    }

    private static string Path(Random random, bool mayHaveStar)
    {
        if (random.Next(6) == 0)
        {
            return string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => "/" + Pick(random, Names).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
        }

        string[] parts = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => mayHaveStar && random.Next(3) == 0 ? "*" : Pick(random, Names[..4]))];
        return "args." + string.Join('.', parts);
    }

    private static string Value(Random random, int depth) => random.Next(depth > 0 ? 10 : 5) switch
    {
        < 5 => Pick(random, Scalars),
        < 8 => $"[{Many(random, () => Value(random, depth - 1))}]",
        _ => Object(random, depth - 1),
    };

    private static string Object(Random random, int depth) =>
        $"{{{string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(_ => Pick(random, Names)).Distinct().Select(name => $"{JsonSerializer.Serialize(name)}: {Value(random, depth)}"))}}}";

    private static string Many(Random random, Func<string> make) => string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(_ => make()));

    private static string Pick(Random random, string[] among) => among[random.Next(among.Length)];
}
