using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Sdk.Arguments;

namespace PolicyLayer.Sdk.Tests.Arguments;

public sealed class FlatObjectTests
{
    private static readonly string[] Names = ["", "a", "b", "ab", "name", "amount", "currency", "currencx", "a long name of more than one block of sixty-four bytes, as nobody writes it", "größe", "a:b", "a,}"];
    private static readonly string[] Values = ["1", "-2.5e3", "true", "null", "\"\"", "\"a\"", "\"a / b: {[,\"", "\"ü\"", "{}", "[1]", "\"\\n\"", "\"a long text that goes on and on beyond the end of a block of sixty-four bytes\""];
    private static readonly string[] Gaps = ["", " ", "\n  ", " /* \" */ ", " // x\n"];

    [Fact]
    public void TryIndex_finds_what_the_parser_finds_and_passes_only_what_the_strict_reader_passes()
    {
        int indexed = 0;
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(Write(new Random(seed)));
            scoped MemberIndex index = default;
            index.Use(stackalloc IndexedMember[MemberIndex.Most]);
            if (!FlatObject.TryIndex(utf8, isParsed: true, ref index))
            {
                return true;
            }

            indexed++;
            using JsonDocument document = JsonDocument.Parse(utf8);
            foreach (string name in Names)
            {
                byte[] key = Encoding.UTF8.GetBytes(name);
                string found = Encoding.UTF8.GetString(index.Find(key, MemberIndex.KeyOf(key)));
                string expected = document.RootElement.TryGetProperty(name, out JsonElement value) ? value.GetRawText() : string.Empty;
                if (found != expected)
                {
                    return false;
                }
            }

            return StrictJson.Problem(utf8, depth: 0) is null;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
        Assert.True(indexed > 200, "too few of the generated texts were flat objects");
    }

    [Theory]
    [InlineData("""{ "currency": "usd", "amount": 1, "amount": 2 }""")]
    [InlineData("""{ "currency": "usd", "amount": { "value": 1 } }""")]
    [InlineData("""{ "currency": "usd", "amount": [1, 2, 3, 4] }""")]
    [InlineData("""{ "currency": "\u0075sd", "amount": 12345678 }""")]
    [InlineData("""{ "currency": "usd", "amount": 12345678901, }""")]
    [InlineData("""{ "currency": "usd", "amount": /* " */ 1234 }""")]
    public void TryIndex_leaves_the_rest_to_others(string json)
    {
        scoped MemberIndex index = default;
        index.Use(stackalloc IndexedMember[MemberIndex.Most]);
        Assert.False(FlatObject.TryIndex(Encoding.UTF8.GetBytes(json), isParsed: true, ref index));
        Assert.True(index.IsEmpty);
    }

    private static string Write(Random random)
    {
        string Gap() => Gaps[random.Next(10) == 0 ? random.Next(Gaps.Length) : random.Next(3)];
        var members = Enumerable.Range(0, random.Next(1, 8)).Select(_ => $"{Gap()}\"{Names[random.Next(Names.Length)]}\"{Gap()}:{Gap()}{Values[random.Next(random.Next(4) == 0 ? Values.Length : 8)]}{Gap()}");
        return $"{{{string.Join(',', members)}{(random.Next(20) == 0 ? "," : string.Empty)}{Gap()}}}";
    }
}
