using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Tests.Properties;

/// <summary>Reading text where it lies agrees with reading it into a string first.</summary>
public sealed class TextProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true);

    private static readonly Arbitrary<string> Texts = Generators.WellFormedText.ToArbitrary();

    [Fact]
    public void Code_points_are_those_of_the_string() => Prop.ForAll(Texts, raw =>
    {
        string text = Read(raw);
        int count = text.EnumerateRunes().Count();
        return Raw(raw).CountCodePoints() == count && new JsonText(text).CountCodePoints() == count && Raw(raw).MaxCodePoints >= count && Raw(raw).IsWellFormed();
    }).Check(Many);

    [Fact]
    public void Lone_surrogates_count_one_each() => Prop.ForAll(Generators.Text.ToArbitrary(), raw =>
    {
        // A string in .NET can hold what a string of JSON cannot be read into; a lone surrogate is one rune there too.
        string text = Regex.Replace(
            raw.Replace("\\\\", "B", StringComparison.Ordinal), @"\\u(?<unit>[0-9a-fA-F]{4})|\\.", Decode, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
        return Raw(raw).CountCodePoints() == text.EnumerateRunes().Count() && new JsonText(text).CountCodePoints() == text.EnumerateRunes().Count();
    }).Check(Many);

    [Fact]
    public void Texts_are_equal_when_the_strings_are() => Prop.ForAll(Generators.WellFormedText.ArrayOf(2).ToArbitrary(), pair =>
    {
        bool areEqual = Read(pair[0]) == Read(pair[1]);
        return Raw(pair[0]).HasSameText(Raw(pair[1])) == areEqual
            && Raw(pair[0]).HasSameText(new JsonText(Read(pair[1]))) == areEqual
            && new NameTable([Read(pair[0])]).Find(Raw(pair[1])) == (areEqual ? 0 : -1)
            && new NameTable([Read(pair[0])]).Find(new JsonText(Read(pair[1]))) == (areEqual ? 0 : -1);
    }).Check(Many);

    [Fact]
    public void Equal_texts_have_equal_hashes() => Prop.ForAll(Texts, raw =>
        Values.ValueHash.Of(Raw(raw)) == Values.ValueHash.Of(new JsonText(Read(raw)))).Check(Many);

    [Fact]
    public void Names_are_found_among_many() => Prop.ForAll(Generators.WellFormedText.ListOf().ToArbitrary(), raws =>
    {
        string[] names = [.. raws.Select(Read).Distinct()];
        var table = new NameTable(names);
        return raws.All(raw => table.Find(Raw(raw)) == Array.IndexOf(names, Read(raw))) && table.Find(Raw("not there")) == -1;
    }).Check(Many);

    [Fact]
    public void Cleaned_texts_are_short_and_on_one_line() => Prop.ForAll(Generators.Text.ListOf().ToArbitrary(), raws =>
    {
        string clean = Quoted.Clean(Raw(string.Concat(raws)));
        return clean.Length <= 65 * 6 && !clean.Any(char.IsControl) && !clean.Contains('`', StringComparison.Ordinal);
    }).Check(Many);

    private static JsonText Raw(string raw) => new(Encoding.UTF8.GetBytes(raw));

    private static string Read(string raw) => Generators.Parse($"\"{raw}\"").GetString()!;

    private static string Decode(Match match) =>
        match.Groups["unit"].Success
            ? ((char)ushort.Parse(match.Groups["unit"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString()
            : "x";
}
