using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Arguments;

/// <summary>Row 0 of the checks: what cannot be read in one way only is refused before anything looks at it.</summary>
public sealed class WellFormedCallTests
{
    private const int MaxBytes = 1 << 20;

    private static readonly ToolGuard Guard = Judging.Guard([Judging.Tools("""{ "t": {} }""")]);

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{ "a": 1, "A": 2 }""", true)]
    [InlineData("""{ "a": { "k": 1 }, "b": { "k": 1 } }""", true)]
    [InlineData("""{ "a": [{ "k": 1 }, { "k": 1 }] }""", true)]
    [InlineData("""{ "a": "\ud83d\ude00", "b": "\\ud800", "c": "\\\\ud800", "😀": "\"" }""", true)]
    [InlineData("[]", false)]
    [InlineData("null", false)]
    [InlineData("\"{}\"", false)]
    [InlineData("""{ "a": 1, "a": 1 }""", false)]
    [InlineData("""{ "a": 1, "\u0061": 2 }""", false)]
    [InlineData("""{ "\u00e9": 1, "é": 2 }""", false)]
    [InlineData("""{ "😀": 1, "\ud83d\ude00": 2 }""", false)]
    [InlineData("""{ "\/": 1, "/": 2 }""", false)]
    [InlineData("""{ "": 1, "": 2 }""", false)]
    [InlineData("""{ "x": { "a": 1, "b": { "c": 1, "d": [ { "e": 1, "e": 2 } ] } } }""", false)]
    [InlineData("""{ "a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": 8, "i": 9, "\u0061": 10 }""", false)]
    [InlineData("""{ "a": { "i": 1 }, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": 8, "i": 9, "j": 10 }""", true)]
    [InlineData("""{ "a": "\ud800" }""", false)]
    [InlineData("""{ "a": "\udc00\ud800" }""", false)]
    [InlineData("""{ "a": "\ud800\u0041" }""", false)]
    [InlineData("""{ "a": ["x", { "\uDFFF": 1 }] }""", false)]
    [InlineData("""{ "a": "\\\ud800" }""", false)]
    public void Decide_arguments_that_could_be_read_in_two_ways_are_malformed(string arguments, bool accepted) =>
        AssertAccepted(accepted, JsonElement.Parse(arguments));

    [Fact]
    public void Decide_no_arguments_at_all_are_well_formed()
    {
        AssertAccepted(true, default);
        AssertAccepted(true, new ToolArguments(default(JsonElement)));
        AssertAccepted(true, new ToolArguments((IDictionary<string, JsonElement>?)null));
        AssertAccepted(true, new ToolArguments(new Dictionary<string, JsonElement>()));
    }

    [Fact]
    public void Decide_dictionary_with_an_undefined_value_is_malformed() =>
        AssertAccepted(false, new ToolArguments(new Dictionary<string, JsonElement> { ["a"] = default }));

    [Fact]
    public void Decide_dictionary_with_half_a_surrogate_pair_in_a_name_is_malformed()
    {
        JsonElement one = JsonElement.Parse("1");
        AssertAccepted(false, new ToolArguments(new Dictionary<string, JsonElement> { ["a\uD800"] = one }));
        AssertAccepted(false, new ToolArguments(new Dictionary<string, JsonElement> { ["\uDC00\uD800"] = one }));
        AssertAccepted(true, new ToolArguments(new Dictionary<string, JsonElement> { ["a😀"] = one }));
    }

    [Fact]
    public void Decide_bytes_that_are_no_text_are_malformed()
    {
        AssertAccepted(false, JsonElement.Parse([.. "{\"a\":\""u8, 0xFF, .. "\"}"u8]));
        AssertAccepted(false, JsonElement.Parse([.. "{\""u8, 0xC0, 0xAF, .. "\":1}"u8]));
        AssertAccepted(false, new ToolArguments(new Dictionary<string, JsonElement> { ["a"] = JsonElement.Parse([(byte)'"', 0xED, 0xA0, 0x80, (byte)'"']) }));
    }

    [Fact]
    public void Decide_text_that_a_looser_parser_took_is_malformed()
    {
        var loose = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
        using JsonDocument commas = JsonDocument.Parse("""{ "a": [1,], }""", loose);
        using JsonDocument comments = JsonDocument.Parse("""{ "a": /* b */ 1 }""", loose);
        AssertAccepted(false, commas.RootElement);
        AssertAccepted(false, comments.RootElement);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(1000, false)]
    public void Decide_depth_is_bounded_alike_in_both_forms(int depth, bool accepted)
    {
        string nested = new string('[', depth - 1) + new string(']', depth - 1);
        using JsonDocument document = JsonDocument.Parse($"{{\"a\":{nested}}}", new JsonDocumentOptions { MaxDepth = 2000 });
        AssertAccepted(accepted, document.RootElement);
        AssertAccepted(accepted, new ToolArguments(new Dictionary<string, JsonElement> { ["a"] = document.RootElement.GetProperty("a") }));
    }

    [Theory]
    [InlineData("a", "x")]
    [InlineData("é😀", "x")]
    [InlineData("a", "é")]
    public void Decide_size_is_bounded_alike_in_both_forms(string name, string letter)
    {
        int letters = (MaxBytes - Encoding.UTF8.GetByteCount($"{{\"{name}\":\"\"}}")) / Encoding.UTF8.GetByteCount(letter);
        foreach ((int count, bool accepted) in new[] { (letters, true), (letters + 1, false) })
        {
            JsonElement value = JsonElement.Parse($"\"{new StringBuilder().Insert(0, letter, count)}\"");
            AssertAccepted(accepted, JsonElement.Parse($"{{\"{name}\":{value.GetRawText()}}}"));
            AssertAccepted(accepted, new ToolArguments(new Dictionary<string, JsonElement> { [name] = value }));
        }
    }

    [Fact]
    public void Decide_size_counts_the_names_of_a_dictionary_in_bytes() =>
        AssertAccepted(false, new ToolArguments(new Dictionary<string, JsonElement> { [new string('語', 400_000)] = JsonElement.Parse("1") }));

    [Theory]
    [InlineData(9)]
    [InlineData(100)]
    [InlineData(80_000)]
    public void Decide_duplicate_among_many_names_is_found(int count)
    {
        IEnumerable<string> names = Enumerable.Range(0, count).Select(static i => $"\"k{i.ToString(CultureInfo.InvariantCulture)}\":0");
        AssertAccepted(true, JsonElement.Parse($"{{{string.Join(',', names)}}}"));
        AssertAccepted(false, JsonElement.Parse($"{{{string.Join(',', names)},\"\\u006b{(count / 2).ToString(CultureInfo.InvariantCulture)}\":0}}"));
    }

    [Fact]
    public void Decide_disposed_document_is_denied_not_thrown()
    {
        JsonElement disposed;
        JsonElement member;
        using (JsonDocument document = JsonDocument.Parse("""{ "a": 1 }"""))
        {
            disposed = document.RootElement;
            member = disposed.GetProperty("a");
        }

        Assert.Equal(DecisionReason.EvaluationError, Guard.Decide(new ToolCall(Grant.Default, "t", disposed)).Reason);
        Assert.Equal(DecisionReason.EvaluationError, Guard.Decide(new ToolCall(Grant.Default, "t", new ToolArguments(new Dictionary<string, JsonElement> { ["a"] = member }))).Reason);
    }

    [Fact]
    public void Decide_dictionary_that_ignores_case_is_judged_ordinally()
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase) { ["AMOUNT"] = JsonElement.Parse("5") };
        ToolPolicy policy = Judging.Tools("""{ "t": { "require": [{ "conditions": [{ "path": "args.amount", "op": "exists", "value": true }] }] } }""");
        Assert.Equal(DecisionReason.RequireFailed, Judging.Guard([policy]).Decide(new ToolCall(Grant.Default, "t", new ToolArguments(members))).Reason);
    }

    [Fact]
    public void Decide_both_forms_agree() => Prop.ForAll(GeneratedPolicy.Seeds.ToArbitrary(), static seed =>
    {
        var random = new Random(seed);
        ToolPolicy policy = ToolPolicy.Parse(GeneratedPolicy.Make(random).ToJson());
        ToolCall call = GeneratedPolicy.MakeCall(random);
        var members = call.Arguments.Element.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value);
        ToolDecision element = Judging.Guard([policy]).Decide(call);
        ToolDecision dictionary = Judging.Guard([policy]).Decide(new ToolCall(Grant.Default, call.Tool, new ToolArguments(members)));
        return (element.Reason, element.Rule, element.Message) == (dictionary.Reason, dictionary.Rule, dictionary.Message);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static void AssertAccepted(bool accepted, ToolArguments arguments)
    {
        ToolDecision decision = Guard.Decide(new ToolCall(Grant.Default, "t", arguments));
        Assert.Equal(accepted ? DecisionReason.Allowed : DecisionReason.MalformedCall, decision.Reason);
    }
}
