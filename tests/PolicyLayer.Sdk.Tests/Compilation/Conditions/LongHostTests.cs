using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Compilation.Conditions;

/// <summary>Names of hosts that are far too long to be any.</summary>
public sealed class LongHostTests
{
    // To write it in ASCII took the square of its length: a megabyte took seconds for each condition.
    [Fact(Timeout = 60_000)]
    public Task Long_name_is_not_written_in_ascii() => Task.Run(() =>
    {
        string conditions = string.Join(',', Enumerable.Range(0, 50).Select(static i => $$"""{ "path": "args.x", "op": "host_in", "value": ["h{{i}}.example"] }"""));
        ToolPolicy policy = Judging.Tools($$"""{ "t": { "deny_if": [{ "conditions": [{ "any": [{{conditions}}] }] }] } }""");

        Assert.Equal(DecisionReason.Allowed, policy.Decide("t", $$"""{ "x": "{{string.Concat(Enumerable.Repeat("一.", 250_000))}}" }""").Reason);
    }, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(10, DecisionReason.Allowed)]
    [InlineData(11, DecisionReason.RequireFailed)]
    public void Longest_names_beyond_ascii_are_still_read(int labels, DecisionReason reason)
    {
        // In ASCII each label has 22 characters, and a dot.
        string name = string.Concat(Enumerable.Repeat(string.Concat(Enumerable.Repeat("一", 16)) + ".", labels));
        ToolPolicy policy = Judging.Tools("""{ "t": { "require": [{ "conditions": [{ "path": "args.x", "op": "host_in", "value": ["*.com"] }] }] } }""");

        Assert.Equal(reason, policy.Decide("t", $$"""{ "x": "{{name}}com" }""").Reason);
    }
}
