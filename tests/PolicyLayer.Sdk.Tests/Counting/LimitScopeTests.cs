using System.Text.Json;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Counting;

/// <summary>What is counted apart. Each case is two calls: under a limit of one, the second passes only where it has another counter.</summary>
public sealed class LimitScopeTests
{
    [Theory]
    [InlineData("\"grant\"", "g1|s|u|{}", "g1|t|v|{}", false)]
    [InlineData("\"grant\"", "g1|s|u|{}", "g2|s|u|{}", true)]
    [InlineData("\"session\"", "g1|s|u|{}", "g2|s|v|{}", false)]
    [InlineData("\"session\"", "g1|s|u|{}", "g1|t|u|{}", true)]
    [InlineData("\"session\"", "g1||u|{}", "g2||v|{}", false)]
    [InlineData("\"session\"", "g1||u|{}", "g1|-|u|{}", true)]
    [InlineData("\"user\"", "g1|s|u|{}", "g2|t|u|{}", false)]
    [InlineData("\"user\"", "g1|s|u|{}", "g1|s|v|{}", true)]
    [InlineData("\"user\"", "g1|s||{}", "g1|t||{}", false)]
    [InlineData("\"global\"", "g1|s|u|{}", "g2|t|v|{}", false)]
    [InlineData("[\"grant\", \"args.repo\"]", "g1|s|u|{\"repo\":\"a\"}", "g1|s|u|{\"repo\":\"b\"}", true)]
    [InlineData("[\"grant\", \"args.repo\"]", "g1|s|u|{\"repo\":\"a\"}", "g2|s|u|{\"repo\":\"a\"}", true)]
    [InlineData("[\"grant\", \"args.repo\"]", "g1|s|u|{\"repo\":\"a\"}", "g1|t|v|{\"repo\":\"\\u0061\"}", false)]
    [InlineData("[\"grant\", \"args.repo\"]", "g1|s|u|{}", "g1|s|u|{}", false)]
    [InlineData("[\"grant\", \"args.repo\"]", "g1|s|u|{}", "g1|s|u|{\"repo\":null}", false)]
    [InlineData("[\"grant\", \"args.repo\"]", "g1|s|u|{}", "g1|s|u|{\"repo\":\"\"}", true)]
    [InlineData("[\"grant\", \"args.repo\"]", "g1|s|u|{}", "g1|s|u|{\"repo\":\"null\"}", true)]
    [InlineData("[\"args.a\", \"args.b\"]", "g|s|u|{\"a\":\"x\",\"b\":\"yz\"}", "g|s|u|{\"a\":\"xy\",\"b\":\"z\"}", true)]
    [InlineData("[\"args.a\", \"args.b\"]", "g|s|u|{\"a\":\"x\"}", "g|s|u|{\"b\":\"x\"}", true)]
    [InlineData("[\"args.a\"]", "g|s|u|{\"a\":1}", "g|s|u|{\"a\":1.0}", false)]
    [InlineData("[\"args.a\"]", "g|s|u|{\"a\":100}", "g|s|u|{\"a\":1e2}", false)]
    [InlineData("[\"args.a\"]", "g|s|u|{\"a\":0}", "g|s|u|{\"a\":-0.0}", false)]
    [InlineData("[\"args.a\"]", "g|s|u|{\"a\":1}", "g|s|u|{\"a\":\"1\"}", true)]
    [InlineData("[\"args.a\"]", "g|s|u|{\"a\":10}", "g|s|u|{\"a\":1}", true)]
    [InlineData("[\"args.a\"]", "g|s|u|{\"a\":{\"x\":1,\"y\":[2]}}", "g|s|u|{\"a\":{ \"y\":[2.0], \"x\":1 }}", false)]
    [InlineData("[\"args.a\"]", "g|s|u|{\"a\":[\"a\\\",\\\"b\"]}", "g|s|u|{\"a\":[\"a\",\"b\"]}", true)]
    public void Calls_share_a_counter_only_where_every_part_is_the_same(string scope, string first, string second, bool apart)
    {
        ToolGuard guard = Guard(scope);
        Assert.True(guard.Decide(Call(first)).IsAllowed);
        Assert.Equal(apart, guard.Decide(Call(second)).IsAllowed);
    }

    [Fact]
    public void Long_values_are_told_apart_to_the_last_character()
    {
        ToolGuard guard = Guard("""["args.a"]""");
        string text = new('x', 10_000);
        Assert.True(guard.Decide(Call($$"""g|s|u|{"a":"{{text}}1"}""")).IsAllowed);
        Assert.True(guard.Decide(Call($$"""g|s|u|{"a":"{{text}}2"}""")).IsAllowed);
        Assert.False(guard.Decide(Call($$"""g|s|u|{"a":"{{text}}1"}""")).IsAllowed);
    }

    private static ToolGuard Guard(string scope) =>
        Judging.Guard([Judging.Tools($$"""{ "t": { "limits": [{ "counter": "c", "window": "day", "max": 1, "scope": {{scope}} }] } }""")], new ManualTimeProvider());

    private static ToolCall Call(string text)
    {
        string[] parts = text.Split('|', 4);
        return new ToolCall(new Grant(parts[0]), "t", JsonElement.Parse(parts[3])) { Session = parts[1].Length == 0 ? null : parts[1], User = parts[2].Length == 0 ? null : parts[2] };
    }
}
