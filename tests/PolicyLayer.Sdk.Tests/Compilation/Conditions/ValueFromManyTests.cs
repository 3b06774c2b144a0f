using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Compilation.Conditions;

/// <summary>Many values beside an operand that comes with the call: <c>*</c> and <c>value_from</c> in one condition.</summary>
public sealed class ValueFromManyTests
{
    private static readonly ToolPolicy Policy = Judging.Tools("""
        {
          "all": { "require": [{ "conditions": [{ "path": "args.to.*", "op": "in", "value_from": "args.known" }] }] },
          "any": { "deny_if": [{ "conditions": [{ "path": "args.to.*", "op": "in", "value_from": "args.known" }] }] }
        }
        """);

    [Theory]
    [InlineData("all", """["a", "b"]""", """["b", "a", "c"]""", DecisionReason.Allowed)]
    [InlineData("all", """["a", "d"]""", """["b", "a", "c"]""", DecisionReason.RequireFailed)]
    [InlineData("all", """["a", null]""", """["a"]""", DecisionReason.RequireFailed)]
    [InlineData("all", """["a"]""", "null", DecisionReason.UnknownCondition)]
    [InlineData("all", """["a"]""", "\"a\"", DecisionReason.UnknownCondition)]
    [InlineData("all", "[]", "null", DecisionReason.RequireFailed)]
    [InlineData("any", """["a", "d"]""", """["b", "a", "c"]""", DecisionReason.DenyIf)]
    [InlineData("any", """["d"]""", """["b", "a", "c"]""", DecisionReason.Allowed)]
    [InlineData("any", """["d"]""", "null", DecisionReason.UnknownCondition)]
    public void Each_value_is_compared_with_the_operand_of_the_call(string tool, string to, string known, DecisionReason reason) =>
        Assert.Equal(reason, Policy.Decide(tool, $$"""{ "to": {{to}}, "known": {{known}} }""").Reason);

    [Theory]
    [InlineData(1_000, DecisionReason.RequireFailed, DecisionReason.Allowed)]
    [InlineData(4_000, DecisionReason.RequireFailed, DecisionReason.UnknownCondition)]
    public void Caller_who_makes_up_both_sides_cannot_have_them_compared_without_end(int count, DecisionReason all, DecisionReason any)
    {
        string arguments = $$"""{ "to": {{List("x")}}, "known": {{List("y")}} }""";
        Assert.Equal((all, any), (Policy.Decide("all", arguments).Reason, Policy.Decide("any", arguments).Reason));

        string List(string prefix) => $"[{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{prefix}{i}\""))}]";
    }
}
