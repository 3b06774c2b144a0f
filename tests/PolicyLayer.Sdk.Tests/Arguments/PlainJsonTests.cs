using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Sdk.Arguments;

namespace PolicyLayer.Sdk.Tests.Arguments;

public sealed class PlainJsonTests
{
    private static readonly string[] Gaps = [" ", " \n", "/**/", " // x\n", "/* , \" */"];

    [Theory]
    [InlineData("""{ "a": 1, "b": [{ "a": 2 }, { "a": 3 }], "c": { "a": "x", "b": "a\nb \"quoted\" {[" } }""")]
    [InlineData("""{}""")]
    [InlineData("""{ "path": "/srv/data", "url": "https://example.com/a//b" }""")]
    [InlineData("\"text\"")]
    [InlineData("[1, -2.5e3, true, false, null]")]
    public void IsWellFormed_ordinary_value_is_certain(string json) =>
        Assert.True(IsWellFormed(json, out _));

    [Theory]
    [InlineData("""{ "a": 1, "a": 2 }""")]
    [InlineData("""{ "a": { "b": 1, "c": {}, "b": 2 } }""")]
    [InlineData("""{ "a": [], "b": {"a": 1}, "a" : 2 }""")]
    [InlineData("""{ "a\tb": 1 }""")]
    [InlineData("""{ "a": "\ud800" }""")]
    [InlineData("[[[[[[[[[]]]]]]]]]")]
    [InlineData("[1, 2, ]")]
    [InlineData("""{ "a": 1 /* " */, "b": 2 }""")]
    [InlineData("""{ "a": 1, /* x */ "b": 2 }""")]
    [InlineData("""{ "a": "/" /**/ }""")]
    [InlineData("""{ "a": 1, }""")]
    [InlineData("""{ /**/ }""")]
    public void IsWellFormed_anything_else_is_left_to_the_strict_reader(string json) =>
        Assert.False(IsWellFormed(json, out _));

    [Fact]
    public void IsWellFormed_never_passes_what_the_strict_reader_refuses()
    {
        Gen<int> seeds = Gen.Choose(0, int.MaxValue);
        Prop.ForAll(seeds.ToArbitrary(), static seed =>
        {
            var text = new StringBuilder();
            Write(text, new Random(seed), depth: 0);
            return !IsWellFormed(text.ToString(), out byte[] utf8) || StrictJson.Problem(utf8, depth: 0) is null;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    /// <summary>As a host may parse it that allows more than JSON.</summary>
    private static bool IsWellFormed(string json, out byte[] utf8)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        utf8 = JsonMarshal.GetRawUtf8Value(document.RootElement).ToArray();
        return PlainJson.IsWellFormed(document.RootElement, JsonMarshal.GetRawUtf8Value(document.RootElement));
    }

    /// <summary>Writes a value in which names often repeat, and escapes and brackets stand where they may mislead.</summary>
    private static void Write(StringBuilder text, Random random, int depth)
    {
        string[] strings = ["a", "b", "", "a:", "{", "]", "\\n", "\\\\", "\\\"", "\\u0061", "\\ud83d\\ude00", "\\ud83d"];
        string space = random.Next(4) == 0 ? Gaps[random.Next(Gaps.Length)] : string.Empty;
        switch (depth > 3 ? 0 : random.Next(4))
        {
            case 0:
                text.Append('"').Append(strings[random.Next(strings.Length)]).Append('"').Append(space);
                break;
            case 1:
                text.Append(random.Next(100)).Append(space);
                break;
            case 2:
                List(text, random, '[', ']', () => Write(text, random, depth + 1));
                break;
            default:
                List(text, random, '{', '}', () =>
                {
                    text.Append('"').Append(strings[random.Next(strings.Length)]).Append('"').Append(space.Trim().Length == 0 ? space : string.Empty).Append(':').Append(space);
                    Write(text, random, depth + 1);
                });
                break;
        }
    }

    private static void List(StringBuilder text, Random random, char open, char close, Action item)
    {
        text.Append(open).Append(random.Next(10) == 0 ? Gaps[random.Next(Gaps.Length)] : string.Empty);
        for (int i = random.Next(4); i > 0; i--)
        {
            item();
            text.Append(i > 1 || random.Next(20) == 0 ? "," : string.Empty);
        }

        text.Append(close);
    }
}
