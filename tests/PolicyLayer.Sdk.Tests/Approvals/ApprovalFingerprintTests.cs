using System.Text.Json;
using PolicyLayer.Sdk.Approvals;

namespace PolicyLayer.Sdk.Tests.Approvals;

public sealed class ApprovalFingerprintTests
{
    private static readonly string Pay = Of("pay", """{ "amount": 1, "to": "ann" }""");

    public static TheoryData<string, string> Others() => new()
    {
        { "another tool", Of("Pay", """{ "amount": 1, "to": "ann" }""") },
        { "another value", Of("pay", """{ "amount": 2, "to": "ann" }""") },
        { "a value that differs beyond a double", Of("pay", """{ "amount": 1.00000000000000000001, "to": "ann" }""") },
        { "a text for a number", Of("pay", """{ "amount": "1", "to": "ann" }""") },
        { "one member less", Of("pay", """{ "amount": 1 }""") },
        { "one member more", Of("pay", """{ "amount": 1, "to": "ann", "x": null }""") },
        { "other letters", Of("pay", """{ "amount": 1, "to": "Ann" }""") },
        { "letters that look alike", Of("pay", """{ "amount": 1, "to": "\u0430nn" }""") },
        { "another grant", Of("pay", """{ "amount": 1, "to": "ann" }""", grant: "other") },
        { "another user", Of("pay", """{ "amount": 1, "to": "ann" }""", user: "bob") },
        { "a user without a name", Of("pay", """{ "amount": 1, "to": "ann" }""", user: "") },
        { "another version of the policies", Of("pay", """{ "amount": 1, "to": "ann" }""", policy: "sha256:1") },
        { "one more rule that asks", Of("pay", """{ "amount": 1, "to": "ann" }""", rules: ["/a", "/b"]) },
        { "another rule that asks", Of("pay", """{ "amount": 1, "to": "ann" }""", rules: ["/b"]) },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Call_that_differs_is_another(string how, string fingerprint) => Assert.True(fingerprint != Pay, how);

    [Fact]
    public void Parts_do_not_run_into_each_other() =>
        Assert.NotEqual(Of("pay", grant: "ab", user: "c"), Of("pay", grant: "a", user: "bc"));

    [Theory]
    [InlineData("""{ "to": "ann", "amount": 1 }""")]
    [InlineData("""{"amount":1.0,"to":"\u0061nn"}""")]
    [InlineData("""{"amount":10e-1,"to":"ann"}""")]
    public void Same_call_is_the_same_however_it_is_written(string arguments) => Assert.Equal(Pay, Of("pay", arguments));

    [Fact]
    public void Same_call_is_the_same_however_its_arguments_are_held()
    {
        Assert.Equal(Pay, Of(new ToolCall(new Grant("g"), "pay", ToolArguments.FromUtf8("""{ "amount": 1, "to": "ann" }"""u8.ToArray()))));
        Assert.Equal(Pay, Of(new ToolCall(new Grant("g"), "pay", new ToolArguments(new Dictionary<string, JsonElement> { ["to"] = JsonElement.Parse("\"ann\""), ["amount"] = JsonElement.Parse("1") }))));
        Assert.Equal(Of("pay", "{}"), Of(new ToolCall(new Grant("g"), "pay")));
    }

    [Fact]
    public void Session_says_nothing_for_it_ends_before_the_approval() =>
        Assert.Equal(Pay, Of(new ToolCall(new Grant("g"), "pay", JsonElement.Parse("""{ "amount": 1, "to": "ann" }""")) { Session = "s" }));

    private static string Of(string tool, string arguments = "{}", string grant = "g", string? user = null, string policy = "sha256:0", string[]? rules = null) =>
        Of(new ToolCall(new Grant(grant), tool, JsonElement.Parse(arguments)) { User = user }, policy, rules);

    private static string Of(in ToolCall call, string policy = "sha256:0", string[]? rules = null) =>
        ApprovalFingerprint.Of(new ApprovalRequest(call, "id", policy, rules ?? ["/a"], [], TimeSpan.FromMinutes(1)));
}
