using System.Text;
using PolicyLayer.Sdk.Parsing;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Parsing.Reading;

public sealed class DocumentBoundsTests
{
    private const int MaxBytes = 32 << 20;

    [Fact]
    public void Parse_exactly_the_largest_size_is_accepted_and_a_byte_more_is_not()
    {
        byte[] document = Padded(MaxBytes);
        Assert.NotNull(ToolPolicy.Parse(document));
        PolicyDiagnostic error = Only([.. document, (byte)' ']);
        Assert.Equal((DiagnosticCodes.TooLarge, 0), (error.Code, error.Line));
        Assert.Contains("32 MiB", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MaxBytes, true)]
    [InlineData(MaxBytes + 1, false)]
    [InlineData(50_000_000, false)]
    public void Load_reads_no_more_than_a_document_may_have(int length, bool accepted)
    {
        using var file = new TemporaryFile(Padded(length));
        if (accepted)
        {
            Assert.NotNull(ToolPolicy.Load(file.Path));
            return;
        }

        PolicyDiagnostic error = Assert.Single(Assert.Throws<PolicyFormatException>(() => ToolPolicy.Load(file.Path)).Diagnostics);
        Assert.Equal((DiagnosticCodes.TooLarge, file.Path), (error.Code, error.Source));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(66, false)]
    [InlineData(67, false)]
    [InlineData(100_000, false)]
    public void Parse_depth_is_bounded_without_using_up_the_stack(int depth, bool accepted)
    {
        // The document's own object is the first level.
        string nested = new string('[', depth - 1) + new string(']', depth - 1);
        byte[] document = Encoding.UTF8.GetBytes($$"""{ "version": "1", "default": "deny", "x-deep": {{nested}} }""");
        if (accepted)
        {
            Assert.NotNull(ToolPolicy.Parse(document));
            return;
        }

        PolicyDiagnostic error = Only(document);
        Assert.Equal((DiagnosticCodes.TooDeep, 1, 47 + 64), (error.Code, error.Line, error.Column));
        Assert.Contains("64 levels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_unclosed_depth_is_an_error_not_a_crash()
    {
        PolicyDiagnostic error = Only(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 1_000_000))));
        Assert.Equal(DiagnosticCodes.TooDeep, error.Code);
    }

    [Fact]
    public void Parse_hundred_thousand_entries_are_accepted_and_one_more_is_not()
    {
        Assert.Equal(DecisionReason.Allowed, ToolPolicy.Parse(Entries(100_000)).Decide("t99999").Reason);
        PolicyDiagnostic error = Assert.Single(Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(Entries(100_001))).Diagnostics);
        Assert.Equal((DiagnosticCodes.TooMany, "/tools"), (error.Code, error.Pointer));
    }

    [Fact]
    public void Parse_hidden_patterns_are_bounded_as_entries_are()
    {
        static string Hide(int count) => $$"""{ "version": "1", "default": "deny", "hide": [{{string.Join(',', Enumerable.Repeat("\"a\"", count))}}] }""";
        Assert.NotNull(ToolPolicy.Parse(Hide(100_000)));
        PolicyDiagnostic error = Assert.Single(Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(Hide(100_001))).Diagnostics);
        Assert.Equal((DiagnosticCodes.TooMany, "/hide"), (error.Code, error.Pointer));
    }

    [Fact]
    public void Parse_thousand_conditions_an_entry_are_accepted_and_one_more_is_not()
    {
        Assert.NotNull(ToolPolicy.Parse(Conditions(500, 500)));
        Assert.NotNull(ToolPolicy.Parse(Conditions(1000, 0)));
        PolicyDiagnostic error = Assert.Single(Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(Conditions(500, 501))).Diagnostics);
        Assert.Equal((DiagnosticCodes.TooMany, "/tools/t/deny_if/0/conditions/500"), (error.Code, error.Pointer));
    }

    [Fact]
    public void Parse_patterns_are_bounded_together()
    {
        static string Patterns(int count) => $$"""{ "version": "1", "default": "deny", "tools": { "t": { "deny_if": [{ "conditions": [{{string.Join(',', Enumerable.Repeat("""{ "path": "args.a", "op": "regex", "value": "(a{70}){70}" }""", count))}}] }] } } }""";
        Assert.NotNull(ToolPolicy.Parse(Patterns(15)));
        PolicyDiagnostic error = Assert.Single(Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(Patterns(200))).Diagnostics);
        Assert.Equal(DiagnosticCodes.TooMany, error.Code);
        Assert.Contains("positions together", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_patterns_of_schemas_are_bounded_together_with_them()
    {
        static string Schema(int i) => $$"""  "t{{i}}": { "arguments": { "properties": { "a": { "pattern": "(a{70}){70}" } } } } """;
        static string Schemas(int count) => $$"""{ "version": "1", "default": "deny", "tools": { {{string.Join(',', Enumerable.Range(0, count).Select(Schema))}} } }""";
        Assert.NotNull(ToolPolicy.Parse(Schemas(15)));
        PolicyDiagnostic error = Assert.Single(Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(Schemas(200))).Diagnostics);
        Assert.Equal(DiagnosticCodes.TooMany, error.Code);
        Assert.Contains("positions together", error.Message, StringComparison.Ordinal);
    }

    // A document within its size, wrong in every place: the time it takes must not grow with the square of its length.
    public static TheoryData<string, string, string> WrongEverywhere => new()
    {
        { """{ "version": "1", "default": "deny", "hide": [""", "1,", "1] }" },
        { """{ "version": "1", "default": "deny", "x-a": [""", """{"k":1,"k":2},""", "1] }" },
        { """{ "version": "1", "default": "deny", "tools": { "a": { "require": [""", "1,", "1] } } }" },
        { """{ "version": "1", "default": "deny", "tools": { "a": { "limits": [""", "{},", "1] } } }" },
        { """{ "version": "1", "default": "deny", "tools": { "a": { "require": [""", "{\"a\":0,\"b\":0},", "1] } } }" },
        { """{ "version": "1", "default": "deny", "tools": { "a": { "arguments": { "allOf": [""", "1,", "1] } } } }" },
    };

    [Theory]
    [MemberData(nameof(WrongEverywhere))]
    public void Parse_document_that_is_wrong_everywhere_ends_with_a_bounded_report(string head, string repeated, string tail)
    {
        var text = new StringBuilder(head);
        while (text.Length < 1 << 20)
        {
            text.Append(repeated);
        }

        PolicyFormatException e = Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(text.Append(tail).ToString()));
        Assert.InRange(e.Diagnostics.Count, 1, 1000);
    }

    [Fact]
    public void Parse_errors_late_in_a_long_list_end_too()
    {
        var text = new StringBuilder("""{ "version": "1", "default": "deny", "tools": { "a": { "require": [""");
        text.Insert(text.Length, "{\"conditions\":[]},", 500_000);
        text.Insert(text.Length, "1,", 999).Append("1] } } }");
        IReadOnlyList<PolicyDiagnostic> errors = Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(text.ToString())).Diagnostics;
        Assert.Equal((1000, "/tools/a/require/500999"), (errors.Count, errors[^1].Pointer));
    }

    [Fact]
    public void Parse_many_unknown_members_end_with_a_bounded_report()
    {
        var text = new StringBuilder("{");
        for (int i = 0; i < 400_000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"unknown_member_number_{i}\":0,");
        }

        Assert.Equal(1000, Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(text.Append("\"z\":0}").ToString())).Diagnostics.Count);
    }

    private static byte[] Padded(int length)
    {
        byte[] document = new byte[length];
        document.AsSpan().Fill((byte)' ');
        """{ "version": "1", "default": "deny" }"""u8.CopyTo(document);
        return document;
    }

    private static string Entries(int count) =>
        $$"""{ "version": "1", "default": "deny", "tools": { {{string.Join(',', Enumerable.Range(0, count).Select(static i => $"\"t{i}\":{{}}"))}} } }""";

    private static string Conditions(int require, int denyIf)
    {
        const string Condition = """{ "path": "args.a", "op": "exists", "value": true }""";
        string List(int count) => string.Join(',', Enumerable.Repeat(Condition, count));
        return $$"""
            { "version": "1", "default": "deny", "tools": { "t": {
              "require": [{ "conditions": [{{List(require)}}] }], "deny_if": [{ "conditions": [{{List(denyIf)}}] }] } } }
            """;
    }

    private static PolicyDiagnostic Only(byte[] utf8) =>
        Assert.Single(Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(utf8)).Diagnostics);
}
