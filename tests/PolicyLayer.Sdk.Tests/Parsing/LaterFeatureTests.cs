using PolicyLayer.Sdk.Parsing;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Parsing;

/// <summary>What the format has and this version has not is an error when loaded, never ignored.</summary>
public sealed class LaterFeatureTests
{
    private const string Limit = "\"counter\": \"c\", \"window\": \"day\", \"max\": 1";
    private const string Condition = "\"path\": \"args.a\", \"op\": \"eq\", \"value\": 1";

    [Theory]
    [InlineData("\"require_approval\": []", "require_approval")]
    [InlineData("\"rate_limit\": { \"max\": 1, \"window\": 60 }", "rate_limit")]
    [InlineData("\"rules\": []", "rules")]
    [InlineData("\"action\": \"require_approval\"", "action")]
    [InlineData("\"action\": \"evaluate\"", "action")]
    public void Entry_member_of_the_format_is_not_supported(string member, string last) =>
        AssertNotSupported($"\"tools\": {{ \"t\": {{ {member} }} }}", $"/tools/t/{last}");

    [Theory]
    [InlineData("\"amount\": 1", "amount")]
    [InlineData("\"amount\": \"args.amount\"", "amount")]
    [InlineData("\"burst\": 5", "burst")]
    [InlineData("\"concurrent\": 2", "concurrent")]
    [InlineData("\"algorithm\": \"fixed\"", "algorithm")]
    [InlineData("\"algorithm\": \"token_bucket\"", "algorithm")]
    [InlineData("\"scope\": \"session\"", "scope")]
    [InlineData("\"scope\": \"user\"", "scope")]
    [InlineData("\"scope\": \"global\"", "scope")]
    [InlineData("\"scope\": [\"grant\"]", "scope")]
    [InlineData("\"scope\": [\"grant\", \"args.repo\"]", "scope")]
    public void Limit_member_of_the_format_is_not_supported(string member, string last)
    {
        AssertNotSupported($"\"all_tools\": {{ \"limits\": [{{ {Limit}, {member} }}] }}", $"/all_tools/limits/0/{last}");
        AssertNotSupported($"\"tools\": {{ \"t\": {{ \"limits\": [{{ {Limit}, {member} }}] }} }}", $"/tools/t/limits/0/{last}");
    }

    [Fact]
    public void Limit_of_concurrent_calls_alone_is_one_error() =>
        AssertNotSupported("\"all_tools\": { \"limits\": [{ \"counter\": \"c\", \"concurrent\": 2 }] }", "/all_tools/limits/0/concurrent");

    [Fact]
    public void Limit_over_a_month_is_not_supported() =>
        AssertNotSupported("\"all_tools\": { \"limits\": [{ \"counter\": \"c\", \"window\": \"month\", \"max\": 1 }] }", "/all_tools/limits/0/window");

    [Theory]
    [InlineData("\"any\": []", "any")]
    [InlineData("\"all\": []", "all")]
    [InlineData("\"not\": {}", "not")]
    [InlineData("\"path\": \"args.a\", \"op\": \"eq\", \"value_from\": \"args.b\"", "value_from")]
    [InlineData(Condition + ", \"ignore_case\": true", "ignore_case")]
    [InlineData(Condition + ", \"ignore_case\": false", "ignore_case")]
    [InlineData("\"path\": \"/a.b/0\", \"op\": \"eq\", \"value\": 1", "path")]
    [InlineData("\"path\": \"args.items.*.price\", \"op\": \"eq\", \"value\": 1", "path")]
    [InlineData("\"path\": \"args.*\", \"op\": \"eq\", \"value\": 1", "path")]
    [InlineData("\"path\": \"grant.id\", \"op\": \"eq\", \"value\": 1", "path")]
    [InlineData("\"path\": \"user.claims.role\", \"op\": \"eq\", \"value\": 1", "path")]
    [InlineData("\"path\": \"session.id\", \"op\": \"eq\", \"value\": 1", "path")]
    [InlineData("\"path\": \"tool.name\", \"op\": \"eq\", \"value\": 1", "path")]
    [InlineData("\"path\": \"context.k\", \"op\": \"eq\", \"value\": 1", "path")]
    [InlineData("\"path\": \"time.hour\", \"op\": \"eq\", \"value\": 1", "path")]
    [InlineData("\"path\": \"args.a\", \"op\": \"starts_with\", \"value\": \"a\"", "op")]
    [InlineData("\"path\": \"args.a\", \"op\": \"ends_with\", \"value\": \"a\"", "op")]
    [InlineData("\"path\": \"args.a\", \"op\": \"glob\", \"value\": \"a\"", "op")]
    [InlineData("\"path\": \"args.a\", \"op\": \"path_in\", \"value\": [\"/a\"]", "op")]
    [InlineData("\"path\": \"args.a\", \"op\": \"host_in\", \"value\": [\"a\"]", "op")]
    [InlineData("\"path\": \"args.a\", \"op\": \"ip_in\", \"value\": [\"10.0.0.0/8\"]", "op")]
    public void Condition_of_the_format_is_not_supported(string condition, string last)
    {
        AssertNotSupported($"\"tools\": {{ \"t\": {{ \"require\": [{{ \"conditions\": [{{ {condition} }}] }}] }} }}", $"/tools/t/require/0/conditions/0/{last}");
        AssertNotSupported($"\"tools\": {{ \"t\": {{ \"deny_if\": [{{ \"conditions\": [{{ {condition} }}] }}] }} }}", $"/tools/t/deny_if/0/conditions/0/{last}");
    }

    // Older generations of the format, section 6: none is taken for ours, none is taken in part.
    [Theory]
    [InlineData("""{ "version": "1", "tools": { "t": { "rules": [] } } }""")]
    [InlineData("""{ "version": "1.2", "default": "deny", "tools": {} }""")]
    [InlineData("""{ "version": "1", "default": "deny", "approval_timeout": "5m" }""")]
    [InlineData("""{ "version": "1", "default": "deny", "tools": { "t": { "spend": { "per_call": 1 } } } }""")]
    [InlineData("""{ "t": { "require": [] } }""")]
    public void Older_generation_is_an_error(string document) =>
        Assert.False(ToolPolicy.TryParse(document, out _, out _));

    [Theory]
    [InlineData("""{ "$schema": "s", "description": 1, "x-a": {}, "version": "1", "default": "deny" }""")]
    [InlineData("""{ "version": "1", "default": "deny", "all_tools": { "$schema": 1, "description": "d", "x-": [] } }""")]
    [InlineData("""{ "version": "1", "default": "deny", "tools": { "t": { "x-a": 1, "require": [{ "x-a": 1, "description": "d", "conditions": [{ "path": "args.a", "op": "eq", "value": 1, "x-a": 1, "description": 1 }] }], "limits": [{ "counter": "c", "window": "day", "max": 1, "x-a": 1, "description": 1 }] } } }""")]
    public void Comments_are_allowed_in_every_object(string document) => Assert.NotNull(ToolPolicy.Parse(document));

    [Fact]
    public void Comment_among_the_tools_is_a_pattern_never_ignored()
    {
        Assert.False(ToolPolicy.TryParse("""{ "version": "1", "default": "deny", "tools": { "description": "d" } }""", out _, out _));
        ToolPolicy policy = ToolPolicy.Parse("""{ "version": "1", "default": "allow", "tools": { "x-drop": { "action": "deny" } } }""");
        Assert.Equal(DecisionReason.Denied, policy.Decide("x-drop").Reason);
    }

    private static void AssertNotSupported(string members, string pointer)
    {
        PolicyFormatException e = Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse($"{{ \"version\": \"1\", \"default\": \"deny\", {members} }}"));
        PolicyDiagnostic error = Assert.Single(e.Diagnostics);
        Assert.Equal((DiagnosticCodes.NotSupported, pointer), (error.Code, error.Pointer));
        Assert.Contains("not supported by this version", error.Message, StringComparison.Ordinal);
    }
}
