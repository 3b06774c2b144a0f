using System.Globalization;
using System.Text;
using PolicyLayer.Sdk.Linting.Names;

namespace PolicyLayer.Sdk.Tests.Linting;

/// <summary>Names that look alike are looked up: how many are compared grows as their number does, whatever they are.</summary>
public sealed class ManyNamesTests
{
    private const int Many = 31_000;

    /// <summary>For each name and each of its characters a few.</summary>
    private const int MostForEach = 200;

    public static TheoryData<string, Func<int, string>> Families() => new()
    {
        { "numbers", static i => string.Create(CultureInfo.InvariantCulture, $"tool_{i:00000}") },
        { "one letter", static i => "list_" + (char)(0x4e00 + (i % 20_000)) + (i < 20_000 ? "" : "s") + "_files" },
        { "words", static i => "get_" + Spell(i) + "_records" },
        { "one run", static i => string.Create(CultureInfo.InvariantCulture, $"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{new string('b', i % 10)}{i}") },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void FindAndAdd_compares_each_name_with_a_few(string family, Func<int, string> name)
    {
        string[] names = [.. Enumerable.Range(0, Many).Select(name)];
        var slips = new Slips(names);
        foreach (string one in names)
        {
            slips.FindAndAdd(one);
        }

        Assert.True(slips.Comparisons <= (long)Many * MostForEach, $"{family}: {slips.Comparisons}");
    }

    [Theory]
    [InlineData("delete_file", "delete_flie")]
    [InlineData("delete_file", "delete_fil")]
    [InlineData("delete_file", "delete_files")]
    [InlineData("delete_file", "delete_fire")]
    [InlineData("aab", "ab")]
    [InlineData("ab", "ba")]
    public void Near_finds_what_is_one_edit_away(string one, string other)
    {
        var index = new EditIndex();
        index.Add("something_else");
        index.Add(one);
        Assert.Equal([one], index.Near(other));
        Assert.Empty(index.Near(one));
    }

    [Fact]
    public void Near_finds_all_that_a_comparison_of_each_with_each_finds()
    {
        var random = new Random(1);
        string[] names = [.. Enumerable.Range(0, 60).Select(_ => string.Concat(Enumerable.Range(0, random.Next(2, 6)).Select(_ => "ab_"[random.Next(3)]))).Distinct()];
        foreach (string name in names)
        {
            var index = new EditIndex();
            string[] others = [.. names.Where(other => Edit.Between(name, other) is not null).Take(10)];
            foreach (string other in others)
            {
                index.Add(other);
            }

            Assert.Equal(others.Order(StringComparer.Ordinal), index.Near(name).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Review_of_many_tools_beside_a_long_list_finds_the_slip()
    {
        string[] names = [.. Enumerable.Range(0, 5000).Select(static i => "get_" + Spell(i) + "_records")];
        string list = $$"""[{{string.Join(',', names.Select(static name => $$"""{ "name": "{{name}}" }"""))}}]""";
        string entries = string.Join(',', names.Skip(1).Append("get_aaaa_recrods").Select(static name => $"\"{name}\": {{}}"));
        PolicyReview review = PolicyReview.Of(
            new PolicyText(Encoding.UTF8.GetBytes($$"""{ "version": "1", "default": "deny", "tools": { {{entries}} } }"""), "p.json"),
            ToolCatalog.Parse(Encoding.UTF8.GetBytes(list), "tools.json"));
        Assert.Equal("there is no tool `get_aaaa_recrods`; did you mean `get_aaaa_records`?", Assert.Single(review.Diagnostics).Message);
    }

    /// <summary>A number as four letters.</summary>
    private static string Spell(int number) => string.Concat(Enumerable.Range(0, 4).Select(place => (char)('a' + (number / (int)Math.Pow(20, place) % 20))));
}
