using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Compilation.Conditions;

/// <summary>Long lists beside <c>in</c>, which are not looked through as short ones are.</summary>
public sealed class LongListTests
{
    private const int Patience = 60_000;

    private static readonly string[] Values = ["\"a\"", "\"A\"", "\"\\u0061\"", "\"\\u0041b\"", "\"\"", "\"ß\"", "\"ẞ\"", "\"\\ud83d\\ude00\"", "1", "1.0", "10e-1", "-0", "2.5", "1e9999999999999999", "true", "[1.0]", "[2]", "{\"k\":\"A\"}"];

    private static readonly string[] Lists =
    [
        "\"a\",\"ab\"", "\"b\"", "\"ẞ\",\"😀\",\"\"", "1,2", "0,25e-1,3", "\"1\",1", "false,\"a\"", "[1],\"b\"", "{\"k\":\"a\"},7", "null", "\"\\u0041\",10", "1e9999999999999999,1", "1e9999999999999999,3",
    ];

    [Fact]
    public void Long_lists_are_looked_through_as_short_ones_are()
    {
        foreach (string flags in new[] { "", ", \"ignore_case\": true" })
        {
            foreach (string op in new[] { "in", "not_in" })
            {
                ToolPolicy policy = Judging.Tools($$"""
                    {
                      "one": { "deny_if": [{ "conditions": [{ "path": "args.x.0", "op": "{{op}}", "value_from": "args.list"{{flags}} }] }] },
                      "many": { "deny_if": [{ "conditions": [{ "path": "args.x.*", "op": "{{op}}", "value_from": "args.list"{{flags}} }] }] }
                    }
                    """);
                foreach ((string value, string list) in Values.SelectMany(static value => Lists.Select(list => (value, list))))
                {
                    DecisionReason wanted = Decide(policy, "many", value, list);
                    string repeated = string.Join(',', Enumerable.Repeat(list, 17));
                    Assert.Equal((wanted, wanted, value, list), (Decide(policy, "one", value, list), Decide(policy, "many", value, repeated), value, list));
                    if (!list.Contains("99999", StringComparison.Ordinal))
                    {
                        ToolPolicy written = Judging.Tools($$"""{ "t": { "deny_if": [{ "conditions": [{ "path": "args.x.0", "op": "{{op}}", "value": [{{repeated}}]{{flags}} }] }] } }""");
                        Assert.Equal((wanted, value, list), (Decide(written, "t", value, "1"), value, list));
                    }
                }
            }
        }

        static DecisionReason Decide(ToolPolicy policy, string tool, string value, string list) => policy.Decide(tool, $$"""{ "x": [{{value}}], "list": [{{list}}] }""").Reason;
    }

    // The text was taken out of its escapes for each element anew: each of these conditions took ten seconds.
    [Theory(Timeout = Patience)]
    [InlineData("\"value_from\": \"args.list\"", "a")]
    [InlineData("\"value_from\": \"args.list\", \"ignore_case\": true", "a")]
    [InlineData("\"value\": [LIST], \"ignore_case\": true", "\\u0061")]
    public Task Long_text_is_read_once_for_a_long_list(string operand, string letter) => Task.Run(() =>
    {
        operand = operand.Replace("LIST", string.Join(',', Enumerable.Range(0, 2_000).Select(static i => $"\"b{i}\"")), StringComparison.Ordinal);
        string conditions = string.Join(',', Enumerable.Repeat($$"""{ "path": "args.x", "op": "in", {{operand}} }""", 50));
        ToolPolicy policy = Judging.Tools($$"""{ "t": { "deny_if": [{ "conditions": [{ "any": [{{conditions}}] }] }] } }""");
        string text = string.Concat(Enumerable.Repeat(letter, 500_000 / letter.Length)) + "\\u0041";
        string list = string.Join(',', Enumerable.Repeat("\"b\"", 120_000));

        Assert.Equal(DecisionReason.Allowed, policy.Decide("t", $$"""{ "x": "{{text}}", "list": [{{list}}] }""").Reason);
    }, TestContext.Current.CancellationToken);

    // Each of a hundred thousand values was compared with each of thousands in the policy.
    [Theory(Timeout = Patience)]
    [InlineData("\"b\"", "1")]
    [InlineData("0.5", "1000000000000000000000000")]
    public Task Many_values_are_found_in_a_long_list_of_the_policy(string value, string other) => Task.Run(() =>
    {
        string listed = string.Join(',', Enumerable.Range(0, 20_000).Select(i => value[0] == '"' ? $"\"{other}{i}\"" : $"{other}{i}"));
        ToolPolicy policy = Judging.Tools($$"""{ "t": { "deny_if": [{ "conditions": [{ "path": "args.x.*", "op": "in", "value": [{{listed}}], "ignore_case": true }] }] } }""");

        Assert.Equal(DecisionReason.Allowed, policy.Decide("t", $$"""{ "x": [{{string.Join(',', Enumerable.Repeat(value, 200_000))}}] }""").Reason);
    }, TestContext.Current.CancellationToken);
}
