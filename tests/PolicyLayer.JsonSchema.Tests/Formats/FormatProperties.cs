using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Schemas.Formats;

namespace PolicyLayer.Schemas.Tests.Formats;

/// <summary>Whatever text there is, every format answers; and where .NET has a reader of the same thing, they agree.</summary>
public sealed class FormatProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(5000).WithQuietOnSuccess(true);

    [Fact]
    public void Every_text_gets_an_answer_and_always_the_same() => Prop.ForAll(
        TextOf("a", "Z", "0", "9", "2030", "-", "--", ":", "::", ".", "T", "P", "Y", "+", "/", "//", "?", "#", "@", "[", "]", "v1.", "%", "%41", "\"", "\\", "~", "~1", "xn--", "IPv6:", "(", "{", "\\p{", "\n", "\0", "ä", "৪", "😀", "\uD83D", "\uDE00"),
        text => FormatCatalog.Names.All(name => FormatCatalog.Find(name)!.IsValid(text) == FormatCatalog.Find(name)!.IsValid(string.Concat(text, "")))).Check(Many);

    // A check that went over a text again and again would not end.
    [Theory(Timeout = 60_000)]
    [InlineData("1", "P")]
    [InlineData("1Y", "P")]
    [InlineData("%41", "a:/")]
    [InlineData("a:", "")]
    [InlineData("~1", "/")]
    [InlineData(":", "")]
    [InlineData("::", "")]
    [InlineData("1.", "")]
    [InlineData("a.", "")]
    [InlineData("\\a", "\"")]
    [InlineData("9", "08:30:06.")]
    [InlineData("(", "")]
    public Task Long_texts_complete(string part, string before) => Task.Run(
        () =>
        {
            string text = before + string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length));
            Assert.True(FormatCatalog.Names.Count(name => FormatCatalog.Find(name)!.IsValid(text)) <= 4, text[..10]);
        },
        TestContext.Current.CancellationToken);

    [Fact]
    public void No_valid_text_is_valid_with_a_line_feed_behind_it() => Prop.ForAll(
        Gen.Elements(Cases.CaseFiles.Read("formats").SelectMany(group => group.GetProperty("valid").EnumerateArray().Select(text => (Name: group.GetProperty("format").GetString()!, Text: text.GetString()!))).Where(pair => pair.Name is not ("json-pointer" or "regex")).ToArray()).ToArbitrary(),
        pair => !FormatCatalog.Find(pair.Name)!.IsValid(pair.Text + "\n") && !FormatCatalog.Find(pair.Name)!.IsValid("\n" + pair.Text) && !FormatCatalog.Find(pair.Name)!.IsValid(pair.Text + "\0")).Check(Many);

    [Fact]
    public void Dates_are_those_of_DateOnly() => Prop.ForAll(
        (from year in Gen.Elements(1, 4, 100, 400, 1900, 2000, 2023, 2024, 9999)
         from month in Gen.Choose(0, 13)
         from day in Gen.Choose(0, 32)
         select string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}-{day:D2}")).ToArbitrary(),
        text => DateFormats.IsDate(text) == DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)).Check(Many);

    [Fact]
    public void Leap_seconds_are_at_midnight_of_UTC_alone() => Prop.ForAll(
        (from hour in Gen.Choose(0, 23)
         from minute in Gen.Choose(0, 59)
         from offset in Gen.OneOf(Gen.Choose(-1439, 1439), Gen.Constant((hour * 60) + minute + 1), Gen.Constant((hour * 60) + minute - 1439))
         where offset is > -1440 and < 1440
         select (hour, minute, offset)).ToArbitrary(),
        time =>
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{time.hour:D2}:{time.minute:D2}:60{(time.offset < 0 ? '-' : '+')}{Math.Abs(time.offset) / 60:D2}:{Math.Abs(time.offset) % 60:D2}");
            var utc = new DateTimeOffset(2000, 1, 2, time.hour, time.minute, 59, TimeSpan.Zero).AddMinutes(-time.offset);
            return (DateFormats.IsTime(text) == (utc is { Hour: 23, Minute: 59 })).Label(text);
        }).Check(Many);

    [Fact]
    public void Addresses_of_IPv6_are_those_of_IPAddress() => Prop.ForAll(
        TextOf("0", "1", "ab", "FFFF", "12345", ":", ":", ":", "::", "1:2:3:4:5:6", "7:8", "1.2.3.4", "255"),
        text => (IpFormats.IsIpv6(text) == (IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6 && text.Contains(':', StringComparison.Ordinal))).Label(text)).Check(Many);

    [Fact]
    public void Addresses_of_IPv4_are_those_that_IPAddress_writes() => Prop.ForAll(
        TextOf("0", "1", "25", "255", "256", "01", ".", ".", "."),
        text => (IpFormats.IsIpv4(text) == (IPAddress.TryParse(text, out IPAddress? address) && address.ToString() == text)).Label(text)).Check(Many);

    [Fact]
    public void Uuids_are_those_of_Guid() => Prop.ForAll(
        Gen.Elements("0", "a", "F", "-", "g", "01234567", "-0123", "0123456789ab", "-1111-2222-3333-").ListOf().Select(static parts => string.Concat(parts)).ToArbitrary(),
        text => UuidFormat.IsUuid(text) == (Guid.TryParseExact(text, "D", out _) && text.Length == 36)).Check(Many);

    [Fact]
    public void Labels_that_IdnMapping_writes_are_Punycode() => Prop.ForAll(
        Gen.Elements("a", "b", "1", "ä", "ß", "ж", "漢", "字", "한").ListOf().Where(static parts => parts.Any(part => part[0] > 0x7F)).Select(static parts => string.Concat(parts.Take(12))).Where(static text => text.Any(static c => c > 0x7F)).ToArbitrary(),
        text =>
        {
            string label = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(text);
            return (!label.StartsWith("xn--", StringComparison.Ordinal) || (Punycode.IsEncoded(label.AsSpan(4)) && HostnameFormat.IsHostname(label))).Label(label);
        }).Check(Many);

    // A reference that is a URI already may have an address in brackets, which no path may have: behind another scheme it is none.
    [Fact]
    public void Every_URI_is_a_reference_and_begins_with_a_scheme() => Prop.ForAll(
        TextOf("a", "http", ":", "/", "//", "?", "#", "@", "[::1]", "%41", "%", ".", "1", " "),
        text => (!UriFormats.IsUri(text) || (UriFormats.IsUriReference(text) && Uri.CheckSchemeName(text.Split(':')[0])))
            && (!UriFormats.IsUriReference(text) || UriFormats.IsUri(text) || UriFormats.IsUri("x:" + text) || text.StartsWith("//", StringComparison.Ordinal))).Check(Many);

    private static Arbitrary<string> TextOf(params string[] parts) => Gen.Elements(parts).ListOf().Select(static some => string.Concat(some.Take(14))).ToArbitrary();
}
