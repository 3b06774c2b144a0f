using System.Globalization;
using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Linting;

/// <summary>What a lint calls never true is never true: of no call that is made from the very values that the conditions name, and of those near them.</summary>
public sealed class NeverTrueTests
{
    private static readonly string[] Codes = ["PL2008", "PL2009"];

    private static readonly string[] Names = ["x", "y"];

    private static readonly string[] Values = ["0", "1", "1.0", "10e-1", "1.5", "2", "-3", "\"1\"", "\"a\"", "\"A\"", "\"ab\"", "\"mon\"", "true", "false", "[1]", "[\"a\"]", "[]", "[0, 2]", "[2, \"a\", 1.5]", "{ \"y\": 1 }", "{ \"y\": \"a\" }", "null"];

    private static readonly string[] Paths = ["args.x", "args.x", "/x", "args.x.y", "args.x.0", "args.x.*", "args.*", "args.y", "time.hour", "time.weekday", "tool.name", "session.id"];

    private static readonly string[] Schemas = ["true", """{ "type": "string" }""", """{ "type": "integer" }""", """{ "type": ["number", "null"] }""", """{ "enum": [1, "a", null] }""", """{ "const": "A" }""", """{ "type": "object", "properties": { "y": { "type": "string" } }, "additionalProperties": false }""", """{ "type": ["array", "string"] }""", "false"];

    [Fact]
    public void Warned_rule_is_true_of_no_call() => ForAll(6000, static random =>
    {
        string kind = Pick(random, ["require", "deny_if"]);
        string document = $$"""{ "version": "1", "default": "deny", "tools": { "a": { {{Arguments(random)}}"{{kind}}": [{{Rule(random)}}] } } }""";
        if (!Review(document).Any(one => Codes.Contains(one.Code) && IsNeeded(one.Pointer, kind)))
        {
            return;
        }

        ToolGuard guard = Judging.Guard([ToolPolicy.Parse(document)]);
        for (int i = 0; i < 30; i++)
        {
            ToolDecision decision = guard.Decide(Call(random));
            Assert.False(IsTrue(decision, kind), $"{decision.Reason} of {document}");
        }
    });

    /// <summary>Two rules of <c>require</c> are one conjunction.</summary>
    [Fact]
    public void Warned_rules_of_require_allow_no_call() => ForAll(4000, static random =>
    {
        string document = $$"""{ "version": "1", "default": "deny", "tools": { "a": { {{Arguments(random)}}"require": [{{Rule(random)}}, {{Rule(random)}}] } } }""";
        if (!Review(document).Any(static one => Codes.Contains(one.Code) && IsNeeded(one.Pointer, "require")))
        {
            return;
        }

        ToolGuard guard = Judging.Guard([ToolPolicy.Parse(document)]);
        for (int i = 0; i < 30; i++)
        {
            Assert.False(guard.Decide(Call(random)).IsAllowed, document);
        }
    });

    /// <summary>A rule of one condition is its own reason; that a warning never comes would make the others say nothing.</summary>
    [Theory]
    [InlineData("PL2008")]
    [InlineData("PL2009")]
    public void Generated_rules_are_warned_of_often(string code)
    {
        int found = Enumerable.Range(0, 1000).Count(seed =>
        {
            var random = new Random(seed);
            string document = $$"""{ "version": "1", "default": "deny", "tools": { "a": { {{Arguments(random)}}"require": [{{Rule(random)}}] } } }""";
            return Review(document).Any(one => one.Code == code);
        });
        Assert.InRange(found, 100, 900);
    }

    private static IReadOnlyList<PolicyDiagnostic> Review(string document)
    {
        PolicyReview review = PolicyReview.Of(new PolicyText(Encoding.UTF8.GetBytes(document), "p.json"));
        Assert.False(review.HasErrors, document);
        return review.Diagnostics;
    }

    /// <summary>Whether the conjunction as a whole is not true where the warned condition is not: outside <c>any</c> and <c>not</c>.</summary>
    private static bool IsNeeded(string pointer, string kind) =>
        pointer.Contains(kind, StringComparison.Ordinal) && !pointer.Contains("/any", StringComparison.Ordinal) && !pointer.Contains("/not", StringComparison.Ordinal);

    private static bool IsTrue(ToolDecision decision, string kind) => kind == "require" ? decision.IsAllowed : decision.Reason == DecisionReason.DenyIf;

    private static ToolCall Call(Random random)
    {
        IEnumerable<string> members = Names.Where(_ => random.Next(8) > 0).Select(name => $"\"{name}\":{Pick(random, Values)}");
        return new ToolCall(Grant.Default, "a", JsonElement.Parse($"{{{string.Join(',', members)}}}")) { Session = Pick(random, ["a", "1", null]) };
    }

    private static string Arguments(Random random) => random.Next(2) == 0 ? string.Empty : $$""" "arguments": { "properties": { "x": {{Pick(random, Schemas)}} }{{(random.Next(3) == 0 ? ", \"additionalProperties\": false" : "")}} }, """;

    /// <summary>A rule about two paths at most, so that its conditions meet.</summary>
    private static string Rule(Random random)
    {
        string[] paths = [Pick(random, Paths), Pick(random, Paths)];
        return $$"""{ "conditions": [{{string.Join(',', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Condition(random, paths, 2)))}}] }""";
    }

    private static string Condition(Random random, string[] paths, int depth) => random.Next(8) switch
    {
        0 when depth > 0 => $$"""{ "all": [{{Condition(random, paths, depth - 1)}}, {{Condition(random, paths, depth - 1)}}] }""",
        1 when depth > 0 => $$"""{ "any": [{{Condition(random, paths, depth - 1)}}, {{Condition(random, paths, depth - 1)}}] }""",
        2 when depth > 0 => $$"""{ "not": {{Condition(random, paths, depth - 1)}} }""",
        _ => Plain(random, paths),
    };

    private static string Plain(Random random, string[] paths)
    {
        string Value() => Pick(random, Values[..^1]);
        string ignore = random.Next(3) == 0 ? ", \"ignore_case\": true" : string.Empty;
        string rest = random.Next(12) switch
        {
            0 or 1 => $"\"op\": \"eq\", \"value\": {Value()}{ignore}",
            2 => $"\"op\": \"neq\", \"value\": {Value()}{ignore}",
            3 => $"\"op\": \"in\", \"value\": [{Pick(random, Values)}, {Value()}]{ignore}",
            4 => $"\"op\": \"not_in\", \"value\": [{Pick(random, Values)}, {Value()}]{ignore}",
            5 or 6 => $"\"op\": \"{Pick(random, ["gt", "gte", "lt", "lte"])}\", \"value\": {Pick(random, Values[..7])}",
            7 => $"\"op\": \"contains\", \"value\": {Value()}{ignore}",
            8 => $"\"op\": \"{Pick(random, ["starts_with", "ends_with", "regex"])}\", \"value\": {Pick(random, ["\"a\"", "\"A\"", "\"b\""])}{ignore}",
            9 => $"\"op\": \"exists\", \"value\": {Pick(random, ["true", "false"])}",
            10 => $"\"op\": \"{Pick(random, ["eq", "lt", "starts_with", "in"])}\", \"value_from\": \"args.y\"",
            _ => $"\"op\": \"glob\", \"value\": [\"a*\", \"?\"]{ignore}",
        };
        return $$"""{ "path": "{{Pick(random, paths)}}", {{rest}} }""";
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static int Longer => int.TryParse(Environment.GetEnvironmentVariable("POLICYLAYER_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out int times) ? times : 1;

    private static void ForAll(int count, Action<Random> holds) => Seeded.ForAll(count * Longer, holds);
}
