using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Auditing;

/// <summary>What a record has of the arguments where there is a key: enough to know them again, and nothing for others.</summary>
public sealed class ArgumentsMacTests
{
    private const string OfNone = "4fb91a34c0942076cb50d1939476327635ce7a535ddd0e93a6034935a99aa042";

    private const string Policy = """
        "default": "deny", "hide": ["hidden"],
        "tools": { "t": {}, "denied": { "action": "deny" }, "never": { "deny_if": [{ "conditions": [{ "path": "args.a", "op": "exists", "value": true }] }] }, "strict": { "arguments": { "required": ["z"] } } }
        """;

    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];

    private readonly ManualTimeProvider _time = new();

    // Reckoned without this library, as the page of the audit trail says.
    [Theory]
    [InlineData("{}", OfNone)]
    [InlineData(null, OfNone)]
    [InlineData("""{ "b": { "c": [150, -0.15, -0.0, true, null, 9007199254740993] }, "a": "\u00e9\"\\\n\/\ud83d\ude00", "": [1.0] }""", "baa50c4e854d01d9d3f1a796784872a46e07847cb79762c79ebef5c8855161d2")]
    public void Mac_is_that_of_the_canonical_arguments_under_a_key_of_its_own(string? arguments, string mac) =>
        Assert.Equal((string?[])[mac], Macs(Key, guard => guard.Decide("t", arguments)));

    [Fact]
    public void Equal_arguments_have_one_mac_however_they_are_held() => Assert.Single(Macs(Key, static guard =>
    {
        guard.Decide("t", """{ "a": 1, "b": { "c": "x", "d": 10 } }""");
        guard.Decide("t", """{ "b": { "d": 1e1, "\u0063": "\u0078" }, "a": 1.0 }""", new Grant("other"));
        guard.Decide(new ToolCall(Grant.Default, "never", ToolArguments.FromUtf8("""{"a":1,"b":{"c":"x","d":10}}"""u8.ToArray())));
        guard.Decide(new ToolCall(Grant.Default, "t", new ToolArguments(new Dictionary<string, JsonElement> { ["b"] = JsonElement.Parse("""{ "c": "x", "d": 10 }"""), ["a"] = JsonElement.Parse("1") })));
    }).Distinct());

    [Fact]
    public void Arguments_that_differ_have_different_macs() => Assert.Equal(8, Macs(Key, static guard =>
    {
        foreach (string arguments in (string[])["{}", """{"a":1}""", """{"a":"1"}""", """{"a":[1]}""", """{"a":9007199254740992}""", """{"a":9007199254740993}""", """{"A":1}""", """{"a":null}"""])
        {
            guard.Decide("t", arguments);
        }
    }).Distinct().Count());

    [Fact]
    public void Another_key_gives_another_mac() =>
        Assert.NotEqual(OfNone, Assert.Single(Macs(new byte[32], static guard => guard.Decide("t"))));

    [Fact]
    public void Record_without_a_key_has_none() => Assert.Equal((string?[])[null], Macs(default, static guard => guard.Decide("t", """{ "a": 1 }""")));

    [Fact]
    public void Record_of_a_decision_has_one_where_arguments_were_judged_alone()
    {
        string?[] macs = Macs(Key, static guard =>
        {
            ToolDecision allowed = guard.Decide("t");
            guard.Complete(allowed, ToolOutcome.Ok);
            guard.Decide("strict");
            guard.Decide("unknown");
            guard.Decide("hidden");
            guard.Decide("denied");
            guard.Decide(new ToolCall(null!, "t", JsonElement.Parse("{}")));
        });
        Assert.Equal((string?[])[OfNone, null, OfNone, null, null, null, null], macs);
    }

    [Theory]
    [InlineData("""{ "a": 1, "a": 1 }""")]
    [InlineData("""{ "a": { "b": 1, "\u0062": 1 } }""")]
    [InlineData("""{ "a": "\ud800" }""")]
    [InlineData("""{ "\udc00": 1 }""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("deep")]
    public void Arguments_that_are_not_well_formed_have_none(string arguments)
    {
        string text = arguments == "deep" ? $"{{\"a\":{new string('[', 64)}{new string(']', 64)}}}" : arguments;
        using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 200 });
        Assert.Equal((string?[])[null, null], Macs(Key, guard =>
        {
            guard.Decide(new ToolCall(Grant.Default, "t", document.RootElement));
            guard.Decide(new ToolCall(Grant.Default, "t", ToolArguments.FromUtf8(Encoding.UTF8.GetBytes(text))));
        }));
    }

    [Fact]
    public void Arguments_that_are_gone_have_none_and_are_recorded()
    {
        JsonDocument document = JsonDocument.Parse("""{ "a": 1 }""");
        JsonElement disposed = document.RootElement;
        document.Dispose();
        Assert.Equal((string?[])[null], Macs(Key, guard => guard.Decide(new ToolCall(Grant.Default, "t", disposed))));
    }

    /// <summary>What the records of calls have, the first line and the last left out.</summary>
    private string?[] Macs(ReadOnlyMemory<byte> key, Action<ToolGuard> call)
    {
        using var file = new TemporaryFile(name: "audit.jsonl");
        using (var sink = new JsonLinesAuditSink(file.Path, _time, key))
        {
            sink.Open();
            call(Judging.Guard([Judging.Policy(Policy)], _time, [sink], requireAudit: true));
        }

        Assert.Empty(AuditTrail.Verify(new MemoryStream(File.ReadAllBytes(file.Path)), key, cancellationToken: TestContext.Current.CancellationToken).Problems);
        return [.. File.ReadAllLines(file.Path)[1..^1].Select(static line => JsonElement.Parse(line).TryGetProperty("args_mac", out JsonElement mac) ? mac.GetString() : null)];
    }
}
