using System.Collections.Frozen;

namespace PolicyLayer.Schemas.Formats;

/// <summary>The formats that are asserted.</summary>
internal static class FormatCatalog
{
    private static readonly Format[] All =
    [
        new("date-time", DateFormats.IsDateTime, "a date and time with an offset from UTC, such as `2030-12-31T08:30:00Z`"),
        new("date", DateFormats.IsDate, "a date, such as `2030-12-31`"),
        new("time", DateFormats.IsTime, "a time with an offset from UTC, such as `08:30:00Z` or `08:30:00+02:00`"),
        new("duration", DurationFormat.IsDuration, "a duration of ISO 8601, such as `P3DT12H` or `PT30M`"),
        new("email", EmailFormat.IsEmail, "an e-mail address, such as `someone@example.com`"),
        new("hostname", HostnameFormat.IsHostname, "a host name, such as `www.example.com`"),
        new("ipv4", IpFormats.IsIpv4, "an IPv4 address, such as `192.0.2.1`"),
        new("ipv6", IpFormats.IsIpv6, "an IPv6 address, such as `2001:db8::1`"),
        new("uri", UriFormats.IsUri, "a URI with its scheme, such as `https://example.com/a`"),
        new("uri-reference", UriFormats.IsUriReference, "a URI or a relative reference, such as `https://example.com/a` or `../a`"),
        new("uuid", UuidFormat.IsUuid, "a UUID, such as `f81d4fae-7dec-11d0-a765-00a0c91e6bf6`"),
        new("regex", RegexFormat.IsRegex, "a regular expression of ECMA-262"),
        new("json-pointer", JsonPointerFormat.IsJsonPointer, "a JSON pointer, such as `/a/0`"),
    ];

    private static readonly FrozenDictionary<string, Format> ByName = All.ToFrozenDictionary(static format => format.Name);

    public static IEnumerable<string> Names => All.Select(static format => format.Name);

    /// <returns>Null when there is no such format.</returns>
    public static Format? Find(string name) => ByName.GetValueOrDefault(name);
}

/// <summary>A format.</summary>
/// <param name="Name">As schemas write it.</param>
/// <param name="IsValid">Whether a text is in it. Takes time in proportion to the text, and never throws.</param>
/// <param name="Description">For whoever has to correct a text: what it must be.</param>
internal sealed record Format(string Name, Func<ReadOnlySpan<char>, bool> IsValid, string Description);
