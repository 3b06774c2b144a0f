using System.Text.Json;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Compilation.Conditions;

/// <summary>Each case of <c>cases/conditions.json</c> asks one condition of one call, through a whole policy.</summary>
/// <remarks><c>arg</c> is the argument <c>a</c>, <c>raw</c> its JSON text, <c>args</c> all arguments; none of them: it is absent.</remarks>
public sealed class ConditionCaseTests
{
    private static readonly IReadOnlyList<JsonElement> All = Cases.Load("conditions.json");

    public static TheoryData<int, string> Numbers()
    {
        var data = new TheoryData<int, string>();
        for (int i = 0; i < All.Count; i++)
        {
            data.Add(i, All[i].ToString());
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Evaluate_case_has_its_outcome(int number, string shown)
    {
        JsonElement one = All[number];
        string op = one.GetProperty("op").GetString()!;
        string path = one.TryGetProperty("path", out JsonElement written) ? written.GetString()! : "args.a";
        string more = one.TryGetProperty("ignore_case", out _) ? ", \"ignore_case\": true" : string.Empty;
        string condition = $$"""[{ "conditions": [{ "path": {{JsonSerializer.Serialize(path)}}, "op": "{{op}}", "value": {{one.GetProperty("value").GetRawText()}}{{more}} }] }]""";
        string document = $$"""{ "version": "1", "default": "deny", "tools": { "require": { "require": {{condition}} }, "deny_if": { "deny_if": {{condition}} } } }""";
        if (one.TryGetProperty("invalid", out _))
        {
            Assert.False(ToolPolicy.TryParse(document, out _, out _), shown);
            return;
        }

        ToolPolicy policy = ToolPolicy.Parse(document);
        string arguments = Arguments(one);
        (DecisionReason require, DecisionReason denyIf) = one.GetProperty("is").ToString() switch
        {
            "True" => (DecisionReason.Allowed, DecisionReason.DenyIf),
            "False" => (DecisionReason.RequireFailed, DecisionReason.Allowed),
            _ => (DecisionReason.UnknownCondition, DecisionReason.UnknownCondition),
        };
        foreach (ToolArguments form in Forms(arguments))
        {
            ToolGuard guard = Judging.Guard([policy]);
            Assert.Equal(require, guard.Decide(new ToolCall(Grant.Default, "require", form)).Reason);
            Assert.Equal(denyIf, guard.Decide(new ToolCall(Grant.Default, "deny_if", form)).Reason);
        }
    }

    [Fact]
    public void Cases_cover_every_operator_with_every_outcome()
    {
        var outcomes = All.Where(static one => !one.TryGetProperty("invalid", out _))
            .GroupBy(static one => one.GetProperty("op").GetString()!, static one => one.GetProperty("is").ToString())
            .ToDictionary(static group => group.Key, static group => group.Distinct().Count());
        Assert.Equal(Sdk.Compilation.Operators.OperatorFactory.Names.Order(), outcomes.Keys.Order());
        Assert.All(outcomes, static pair => Assert.Equal(pair.Key == "exists" ? 2 : 3, pair.Value));
    }

    private static string Arguments(JsonElement one)
    {
        if (one.TryGetProperty("args", out JsonElement args))
        {
            return args.GetRawText();
        }

        string? raw = one.TryGetProperty("raw", out JsonElement text) ? text.GetString() : one.TryGetProperty("arg", out JsonElement arg) ? arg.GetRawText() : null;
        return raw is null ? "{}" : $$"""{ "a": {{raw}} }""";
    }

    private static ToolArguments[] Forms(string arguments)
    {
        JsonElement element = JsonElement.Parse(arguments);
        return [element, new ToolArguments(element.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value))];
    }
}
