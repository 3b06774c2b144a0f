using System.Text.Json;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Compilation.Conditions;

/// <summary>Conditions made of conditions, and operands that come from the call: <c>cases/groups.json</c>, <c>cases/every.json</c>.</summary>
public sealed class GroupCaseTests
{
    private static readonly IReadOnlyList<JsonElement> Groups = Cases.Load("groups.json");
    private static readonly IReadOnlyList<JsonElement> Every = Cases.Load("every.json");

    public static TheoryData<int, string> GroupNumbers() => Numbers(Groups);

    public static TheoryData<int, string> EveryNumbers() => Numbers(Every);

    [Theory]
    [MemberData(nameof(GroupNumbers))]
    public void Group_has_the_outcome_of_three_valued_logic(int number, string shown)
    {
        JsonElement one = Groups[number];
        (string require, string denyIf, string approval) = one.GetProperty("is").ToString() switch
        {
            "True" => ("allowed", "deny_if", "approval_required"),
            "False" => ("require_failed", "allowed", "allowed"),
            _ => ("unknown_condition", "unknown_condition", "approval_required"),
        };
        Assert.Equal((shown, require), (shown, Verdict("require", one, negated: false)));
        Assert.Equal((shown, denyIf), (shown, Verdict("deny_if", one, negated: false)));
        Assert.Equal((shown, approval), (shown, Verdict("require_approval", one, negated: false)));
    }

    [Theory]
    [MemberData(nameof(EveryNumbers))]
    public void Path_with_a_star_is_read_so_that_the_call_is_judged_more_strictly(int number, string shown)
    {
        JsonElement one = Every[number];
        foreach (bool negated in (bool[])[false, true])
        {
            foreach (string list in (string[])["require", "deny_if"])
            {
                string expected = one.GetProperty(negated ? "not_" + list : list).GetString()!;
                Assert.Equal((shown, list, negated, expected), (shown, list, negated, Verdict(list, one, negated)));
            }
        }
    }

    private static string Verdict(string list, JsonElement one, bool negated)
    {
        string condition = one.GetProperty("condition").GetRawText();
        condition = negated ? $$"""{ "not": {{condition}} }""" : condition;
        ToolPolicy policy = Judging.Tools($$"""{ "a": { "{{list}}": [{ "conditions": [{{condition}}] }] } }""");
        JsonElement arguments = one.GetProperty("args");
        string verdict = Judging.Guard([policy]).Decide(new ToolCall(Grant.Default, "a", arguments)).ReasonCode;
        var members = arguments.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value);
        Assert.Equal(verdict, Judging.Guard([policy]).Decide(new ToolCall(Grant.Default, "a", new ToolArguments(members))).ReasonCode);
        return verdict;
    }

    private static TheoryData<int, string> Numbers(IReadOnlyList<JsonElement> cases)
    {
        var data = new TheoryData<int, string>();
        for (int i = 0; i < cases.Count; i++)
        {
            data.Add(i, cases[i].ToString());
        }

        return data;
    }
}
