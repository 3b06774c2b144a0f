using System.Text;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Parsing.Reading;

/// <summary>What is said of a text that is not JSON: where it goes wrong and why, in words of our own.</summary>
public sealed class JsonMistakeTests
{
    [Theory]
    [InlineData("""{"a":1""", 7, "the text ends before the document is complete")]
    [InlineData("""{"a":""", 6, "the text ends before the document is complete")]
    [InlineData("""{"a" """, 6, "the text ends before the document is complete")]
    [InlineData("[1,", 3, "the text ends before the document is complete")]
    [InlineData("[[1]", 5, "the text ends before the document is complete")]
    [InlineData("""{"a":tru""", 9, "the text ends before the document is complete")]
    [InlineData("""{"a":1,}""", 8, "the comma before `}` is one too many")]
    [InlineData("[1, ]", 5, "the comma before `]` is one too many")]
    [InlineData("[1,,2]", 4, "this comma is one too many")]
    [InlineData("[,1]", 2, "this comma is one too many")]
    [InlineData("{,}", 2, "this comma is one too many")]
    [InlineData("""{"a":,}""", 6, "this comma is one too many")]
    [InlineData("""{"a":}""", 6, "a value is missing before `}`")]
    [InlineData("""{"a":1 "b":2}""", 8, "a comma is missing before `\"`")]
    [InlineData("[1 2]", 4, "a comma is missing before `2`")]
    [InlineData("""["a" "b"]""", 6, "a comma is missing before `\"`")]
    [InlineData("""{"a" 1}""", 6, "a `:` is missing before `1`")]
    [InlineData("""{"a", "b"}""", 5, "a `:` is missing before `,`")]
    [InlineData("""["a":1]""", 5, "a `:` stands only between a name and its value")]
    [InlineData("""{"a"::1}""", 6, "a `:` stands only between a name and its value")]
    [InlineData("""{"a":1]""", 7, "`]` does not close what is open")]
    [InlineData("[}", 2, "`}` does not close what is open")]
    [InlineData("]", 1, "`]` does not close what is open")]
    [InlineData("{} x", 4, "`x` stands after the end of the document")]
    [InlineData("{}}", 3, "`}` stands after the end of the document")]
    [InlineData("// a\n{}", 1, "JSON has no comments")]
    [InlineData("{ /* a */ }", 3, "JSON has no comments")]
    [InlineData("{ # a\n }", 3, "JSON has no comments")]
    [InlineData("{'a':1}", 2, "names and texts stand between `\"`, not `'`")]
    [InlineData("""{"a":“x”}""", 6, "names and texts stand between `\"`, not `“`")]
    [InlineData("{a:1}", 2, "a name between `\"` is missing before `a`")]
    [InlineData("{tools:1}", 2, "a name between `\"` is missing before `tools`")]
    [InlineData("""{"a":True}""", 6, "`True` is no value; write `true`, `false` or `null`, and texts between `\"`")]
    [InlineData("""{"a":tru}""", 9, "`tru` is no value; write `true`, `false` or `null`, and texts between `\"`")]
    [InlineData("""{"a":deny}""", 6, "`deny` is no value; write `true`, `false` or `null`, and texts between `\"`")]
    [InlineData("""{"a":é}""", 6, "no value begins with `é`")]
    [InlineData("\u00a0{}", 1, "no value begins with `U+00A0`")]
    [InlineData("""{"a":+1}""", 6, "no value begins with `+`")]
    [InlineData("""{"a":01}""", 7, "`01` is not a number as JSON writes it, such as `0.5`, `-3` or `1e6`")]
    [InlineData("""{"a":1.}""", 8, "`1.` is not a number as JSON writes it, such as `0.5`, `-3` or `1e6`")]
    [InlineData("""{"a":-}""", 7, "`-` is not a number as JSON writes it, such as `0.5`, `-3` or `1e6`")]
    [InlineData("""{"a":1e}""", 8, "`1e` is not a number as JSON writes it, such as `0.5`, `-3` or `1e6`")]
    [InlineData("""{"a":0x1F}""", 7, "`0x1F` is not a number as JSON writes it, such as `0.5`, `-3` or `1e6`")]
    [InlineData("""{"a":1_000}""", 7, "`1_000` is not a number as JSON writes it, such as `0.5`, `-3` or `1e6`")]
    [InlineData("""{"a":"b""", 8, "a text is not closed: its last `\"` is missing")]
    [InlineData("""{"a":"b\""", 9, "a text is not closed: its last `\"` is missing")]
    [InlineData("{\"a\":\"b\nc\"}", 8, "a text goes over the end of a line; write the line's end as `\\n`, and close each text with `\"`")]
    [InlineData("{\"a\":\"b\tc\"}", 8, "a tab within a text is written `\\t`")]
    [InlineData("{\"a\":\"b\u0001c\"}", 8, "within a text the control character U+0001 is written as an escape such as `\\u0000`")]
    [InlineData("""{"a":"C:\dir"}""", 10, "`\\d` is no escape; a back-slash itself is written `\\\\`")]
    [InlineData("""{"a\q":1}""", 5, "`\\q` is no escape; a back-slash itself is written `\\\\`")]
    [InlineData("""{"a":"\u12G4"}""", 11, "`\\u` needs four digits from 0 to f, and `G` is none")]
    public void Text_that_is_no_json_is_told_why(string text, int column, string message)
    {
        PolicyDiagnostic found = Assert.Single(Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(text)).Diagnostics);
        Assert.Equal(("PL1004", $"not valid JSON: {message}"), (found.Code, found.Message));
        Assert.Equal((1, column), (found.Line, found.Column));
    }

    [Fact]
    public void Long_word_is_cut() =>
        Assert.Contains($"`{new string('x', 40)}…` is no value", Assert.Throws<PolicyFormatException>(static () => ToolPolicy.Parse($"[{new string('x', 5000)}]")).Message, StringComparison.Ordinal);

    /// <summary>Whatever is done to a document, the words are among ours.</summary>
    [Fact]
    public void Any_text_is_told_in_our_words()
    {
        string[] ours = ["ends before", "too many", "is missing", "stands", "does not close", "no comments", "stand between", "is no ", "begins with", "not a number", "not closed", "goes over", "is written", "needs four", "is empty"];
        int found = 0;
        for (int seed = 0; seed < 5000; seed++)
        {
            var random = new Random(seed);
            byte[] document = GeneratedPolicy.Mutate(GeneratedPolicy.Make(random).ToJson(), random);
            if (!ToolPolicy.TryParse(document, "policy", out _, out IReadOnlyList<PolicyDiagnostic> errors) && errors[0].Code == "PL1004")
            {
                found++;
                Assert.True(Array.Exists(ours, word => errors[0].Message.Contains(word, StringComparison.Ordinal)), $"{errors[0].Message}: {Encoding.UTF8.GetString(document)}");
            }
        }

        Assert.InRange(found, 1000, 5000);
    }
}
