using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Compilation.Conditions;

/// <summary>Many values beside an operand that comes with the call: <c>*</c> and <c>value_from</c> in one condition.</summary>
public sealed class ValueFromManyTests
{
    private static readonly ToolPolicy Policy = Judging.Tools("""
        {
          "all": { "require": [{ "conditions": [{ "path": "args.to.*", "op": "in", "value_from": "args.known" }] }] },
          "globs": { "deny_if": [{ "conditions": [{ "path": "args.text", "op": "glob", "value_from": "args.globs" }] }] },
          "many": { "deny_if": [{ "conditions": [{ "path": "args.texts.*", "op": "glob", "value_from": "args.globs" }] }] },
          "same": { "deny_if": [{ "conditions": [{ "path": "args.one", "op": "eq", "value_from": "args.other" }] }] },
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

    // Large objects are compared in another way than small ones: many thousand members in the opposite order took seconds.
    [Theory]
    [InlineData(2)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(10_000)]
    public void Objects_are_the_same_whatever_the_order_of_their_members(int count)
    {
        string[] members = [.. Enumerable.Range(0, count).Select(i => $"\"k{i}\":{{\"x\":[{i}]}}")];
        string one = Object(members);

        Assert.Equal(DecisionReason.DenyIf, Decide(Object(members.Reverse())));
        Assert.Equal(DecisionReason.Allowed, Decide(Object([.. members[..^1], $"\"k{count}\":{{\"x\":[{count - 1}]}}"])));
        Assert.Equal(DecisionReason.Allowed, Decide(Object([.. members[..^1], $"\"k{count - 1}\":{{\"x\":[-1]}}"])));
        Assert.Equal(DecisionReason.Allowed, Decide(Object(members[..^1])));

        DecisionReason Decide(string other) => Policy.Decide("same", $$"""{ "one": {{one}}, "other": {{other}} }""").Reason;
        static string Object(IEnumerable<string> members) => $"{{{string.Join(',', members)}}}";
    }

    // Each search had a bound and their number had none: a call of a megabyte kept a processor busy for minutes.
    [Theory]
    [InlineData(200, DecisionReason.Allowed)]
    [InlineData(2_000, DecisionReason.UnknownCondition)]
    public void Caller_who_makes_up_globs_and_texts_cannot_have_them_searched_without_end(int globs, DecisionReason reason)
    {
        string list = $"[{string.Join(',', Enumerable.Range(0, globs).Select(i => $"\"*b{i:D4}\""))}]";
        string text = new('a', 100_000);
        string texts = string.Join(',', Enumerable.Repeat($"\"{new string('a', 1_000)}\"", 100));

        Assert.Equal(reason, Policy.Decide("globs", $$"""{ "text": "{{text}}", "globs": {{list}} }""").Reason);
        Assert.Equal(reason, Policy.Decide("many", $$"""{ "texts": [{{texts}}], "globs": {{list}} }""").Reason);
    }

    // Lists of a hundred elements that differ in the last were one comparison: ten million of them took half a minute.
    [Theory]
    [InlineData(100, DecisionReason.Allowed)]
    [InlineData(2_000, DecisionReason.UnknownCondition)]
    public void Caller_who_makes_up_lists_of_lists_cannot_have_them_compared_without_end(int count, DecisionReason reason)
    {
        Assert.Equal(reason, Policy.Decide("any", $$"""{ "to": {{Lists(1)}}, "known": {{Lists(2)}} }""").Reason);
        Assert.Equal(reason, Written(Lists(2)).Decide("t", $$"""{ "to": {{Lists(1)}} }""").Reason);

        string Lists(int last) => $"[{string.Join(',', Enumerable.Repeat($"[{string.Concat(Enumerable.Repeat("1,", 100))}{last}]", count))}]";
        static ToolPolicy Written(string lists) => Judging.Tools($$"""{ "t": { "deny_if": [{ "conditions": [{ "path": "args.to.*", "op": "in", "value": {{lists}} }] }] } }""");
    }

    // Each search had a bound and their number had none, where the globs were the policy's too.
    [Theory]
    [InlineData(1_000, DecisionReason.Allowed)]
    [InlineData(100_000, DecisionReason.UnknownCondition)]
    public void Caller_who_makes_up_texts_cannot_have_them_searched_for_many_patterns_without_end(int count, DecisionReason reason)
    {
        string globs = string.Join(',', Enumerable.Range(0, 3_000).Select(static i => $"\"b{i}/**\""));
        ToolPolicy policy = Judging.Tools($$"""{ "t": { "deny_if": [{ "conditions": [{ "path": "args.to.*", "op": "glob", "value": [{{globs}}] }] }] } }""");

        Assert.Equal(reason, policy.Decide("t", $$"""{ "to": [{{string.Join(',', Enumerable.Repeat("\"cc\"", count))}}] }""").Reason);
    }

    // A glob takes kilobytes once it is made, and all of a call's are made for every call: a megabyte of them took a gigabyte, and two seconds.
    [Theory]
    [InlineData(1_000, DecisionReason.DenyIf)]
    [InlineData(1_001, DecisionReason.UnknownCondition)]
    public void Caller_cannot_have_globs_made_without_end(int globs, DecisionReason reason)
    {
        string list = $"[{string.Join(',', Enumerable.Repeat("\"a*\"", globs))}]";

        Assert.Equal(reason, Policy.Decide("globs", $$"""{ "text": "a", "globs": {{list}} }""").Reason);
        Assert.Equal(reason, Policy.Decide("many", $$"""{ "texts": ["a"], "globs": {{list}} }""").Reason);
    }
}
