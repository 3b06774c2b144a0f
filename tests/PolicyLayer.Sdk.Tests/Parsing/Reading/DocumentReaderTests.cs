using System.Text;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Tests.Parsing.Reading;

public sealed class DocumentReaderTests
{
    private const string Least = """{ "version": "1", "default": "deny" }""";

    [Fact]
    public void Parse_least_document_is_accepted() => Assert.Equal("policy", ToolPolicy.Parse(Least).Name);

    [Fact]
    public void Parse_utf8_mark_is_skipped_and_columns_start_after_it()
    {
        Assert.NotNull(ToolPolicy.Parse([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Least)]));
        PolicyDiagnostic error = Only([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("""{ "version": "1", "default": 1 }""")]);
        Assert.Equal((1, 19), (error.Line, error.Column));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n ")]
    [InlineData("\uFEFF")]
    [InlineData("\uFEFF \n")]
    public void Parse_nothing_to_read_says_the_least_policy(string text)
    {
        PolicyDiagnostic error = Only(Encoding.UTF8.GetBytes(text));
        Assert.Equal((DiagnosticCodes.InvalidJson, 0, 0), (error.Code, error.Line, error.Column));
        Assert.Contains("the least policy is", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, bool> OtherEncodings()
    {
        var data = new TheoryData<string, bool>();
        foreach (string name in new[] { "utf-16", "utf-16BE", "utf-32", "utf-32BE" })
        {
            data.Add(name, true);
            data.Add(name, false);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(OtherEncodings))]
    public void Parse_other_encoding_says_to_save_as_utf8(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        PolicyDiagnostic error = Only([.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Least)]);
        Assert.Equal((DiagnosticCodes.WrongEncoding, 0), (error.Code, error.Line));
        Assert.Contains("save it as UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    [InlineData(new byte[] { 0xF5, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0x80 })]
    public void Parse_invalid_utf8_shows_the_first_wrong_byte(byte[] wrong)
    {
        PolicyDiagnostic error = Only([.. Encoding.UTF8.GetBytes("{\r\n \"é😀"), .. wrong, .. "\": 1 }"u8]);
        Assert.Equal((DiagnosticCodes.WrongEncoding, 2, 6), (error.Code, error.Line, error.Column));
    }

    [Theory]
    [InlineData("{ \"version\": \"1\", \"a#b\": 1 }", 1, 21)]
    [InlineData("{ \"version\": \"1\",\n \"é$\": 1 }", 2, 4)]
    [InlineData("{ \"default\": \"deny#\" }", 1, 19)]
    public void Parse_text_with_half_a_surrogate_pair_is_refused_never_replaced(string text, int line, int column)
    {
        // An attribute cannot hold them.
        text = text.Replace('#', '\uD83D').Replace('$', '\uDC00');
        PolicyDiagnostic error = Assert.Single(Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(text)).Diagnostics);
        Assert.Equal((DiagnosticCodes.WrongEncoding, line, column), (error.Code, error.Line, error.Column));
        Assert.False(ToolPolicy.TryParse(text, out _, out IReadOnlyList<PolicyDiagnostic> errors));
        Assert.Single(errors);
    }

    [Theory]
    [InlineData("{", 1, 2)]
    [InlineData("{ \"version\": \"1\"", 1, 17)]
    [InlineData("{\"version\":\"1", 1, 14)]
    [InlineData("{\"a\":tru}", 1, 9)]
    [InlineData("{\"a\":1,}", 1, 8)]
    [InlineData("{\n\"a\": [1,]\n}", 2, 9)]
    [InlineData("{\"a\":1} x", 1, 9)]
    [InlineData("{\"a\":1}{}", 1, 8)]
    [InlineData("// c\n{}", 1, 1)]
    [InlineData("{ /* c */ }", 1, 3)]
    [InlineData("{\r\n \"é😀\": x }", 2, 9)]
    [InlineData("{\"a\":\"\u0001\"}", 1, 7)]
    [InlineData("{\"a\":\"x\0\"}", 1, 8)]
    [InlineData("{\"a\":01}", 1, 7)]
    [InlineData("{\"a\":NaN}", 1, 6)]
    [InlineData("{'a':1}", 1, 2)]
    [InlineData("{a:1}", 1, 2)]
    [InlineData("{\"a\":\"\\q\"}", 1, 8)]
    [InlineData("\u00A0{}", 1, 1)]
    [InlineData("not json", 1, 2)]
    public void Parse_not_json_shows_where(string text, int line, int column)
    {
        PolicyDiagnostic error = Only(Encoding.UTF8.GetBytes(text));
        Assert.Equal((DiagnosticCodes.InvalidJson, line, column), (error.Code, error.Line, error.Column));
        Assert.StartsWith("not valid JSON: ", error.Message, StringComparison.Ordinal);
        Assert.False(error.Message.EndsWith('.'), error.Message);
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("reader options", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("[]", "a list")]
    [InlineData("\"text\"", "a string")]
    [InlineData("null", "`null`")]
    [InlineData("1", "a number")]
    public void Parse_not_an_object_is_an_error(string text, string kind)
    {
        PolicyDiagnostic error = Only(Encoding.UTF8.GetBytes(text));
        Assert.Equal(DiagnosticCodes.WrongType, error.Code);
        Assert.Contains(kind, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "version": "1", "default": "deny", "version": "1" }""", "/version", 38)]
    [InlineData("""{ "version": "1", "default": "deny", "vers\u0069on": "1" }""", "/version", 38)]
    [InlineData("""{ "version": "1", "default": "deny", "tools": { "a": {}, "b": {}, "a": {} } }""", "/tools/a", 67)]
    [InlineData("""{ "version": "1", "default": "deny", "tools": { "a": { "x-a": [0, { "b/~": 1, "b/~": 2 }] } } }""", "/tools/a/x-a/1/b~1~0", 79)]
    [InlineData("""{ "version": "1", "default": "deny", "tools": { "a": { "arguments": { "const": { "k": 1, "k": 1 } } } } }""", "/tools/a/arguments/const/k", 90)]
    public void Parse_key_that_stands_twice_is_an_error_at_any_depth(string text, string pointer, int column)
    {
        IReadOnlyList<PolicyDiagnostic> errors = Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(text)).Diagnostics;
        PolicyDiagnostic error = Assert.Single(errors, static error => error.Code == DiagnosticCodes.DuplicateKey);
        Assert.Equal((pointer, 1, column), (error.Pointer, error.Line, error.Column));
    }

    [Theory]
    [InlineData("""{ "version": "1", "default": "deny", "x-a": "\ud800" }""")]
    [InlineData("""{ "version": "1", "default": "deny", "x-\udc00": 1 }""")]
    [InlineData("""{ "version": "1", "default": "deny", "tools": { "a": { "reason": "\ud83d\u0041" } } }""")]
    [InlineData("""{ "version": "1", "default": "deny", "tools": { "a": { "arguments": { "const": "\ud800" } } } }""")]
    [InlineData("""{ "version": "1", "default": "deny", "tools": { "a": { "arguments": { "properties": { "\ud800": {} } } } } }""")]
    [InlineData("""{ "version": "1", "default": "deny", "tools": { "a": { "deny_if": [{ "conditions": [{ "path": "args.a", "op": "eq", "value": "\ud800" }] }] } } }""")]
    [InlineData("""{ "version": "1", "default": "deny", "tools": { "a": { "deny_if": [{ "conditions": [{ "path": "args.a", "op": "in", "value": ["\ud800"] }] }] } } }""")]
    [InlineData("""{ "version": "1", "default": "deny", "tools": { "a": { "deny_if": [{ "conditions": [{ "path": "args.a", "op": "regex", "value": "\udfff" }] }] } } }""")]
    [InlineData("""{ "version": "1", "default": "deny", "tools": { "a": { "deny_if": [{ "conditions": [{ "path": "args.a", "op": "contains", "value": { "\ud800": 1 } }] }] } } }""")]
    public void Parse_escape_of_half_a_surrogate_pair_is_an_error(string text)
    {
        IReadOnlyList<PolicyDiagnostic> errors = Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(text)).Diagnostics;
        Assert.Contains(errors, static error => error.Code == DiagnosticCodes.WrongEncoding && error is { Line: 1, Column: > 1 });
    }

    [Fact]
    public void Parse_all_errors_come_in_one_pass_in_the_order_of_the_document()
    {
        IReadOnlyList<PolicyDiagnostic> errors = Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse("""
            { "version": 1, "defalt": "deny", "hide": [1, ""],
              "all_tools": { "actoin": "deny" },
              "tools": { "a": { "action": "refuse", "limits": [{}] }, "b": { "arguments": { "type": "strin" } } } }
            """)).Diagnostics;
        Assert.Equal(["PL1008", "PL1009", "PL1007", "PL1009", "PL1010", "PL1007", "PL1010", "PL1008", "PL1008", "PL1008", "PL1016"], errors.Select(static error => error.Code));
        Assert.Equal(errors.OrderBy(static error => (error.Line, error.Column)), errors);
    }

    [Fact]
    public void ToString_reads_as_compilers_print_it() =>
        Assert.Equal(
            "policy(1,39): error PL1007: unknown member `tols`; did you mean `tools`?",
            Only("""{ "version": "1", "default": "deny",  "tols": {} }"""u8.ToArray()).ToString());

    private static PolicyDiagnostic Only(byte[] utf8) =>
        Assert.Single(Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(utf8)).Diagnostics);
}
