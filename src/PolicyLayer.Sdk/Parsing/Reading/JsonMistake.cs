using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PolicyLayer.Sdk.Parsing.Reading;

/// <summary>Says why a text is not JSON. The words are ours: those of the reader's exceptions change with its version.</summary>
internal static class JsonMistake
{
    private const int LongestShown = 40;

    private const string EndsEarly = "the text ends before the document is complete";

    private static readonly SearchValues<byte> Delimiters = SearchValues.Create(" \t\r\n,:[]{}\"/'"u8);

    /// <param name="utf8">The text.</param>
    /// <param name="read">Where the last part ends that was read without a mistake.</param>
    /// <param name="offset">Where reading stopped; the length of the text at its end.</param>
    /// <param name="open">What is open: an object, an array, or undefined for nothing.</param>
    /// <param name="isComplete">Whether a whole document was read before.</param>
    public static string Describe(ReadOnlySpan<byte> utf8, int read, int offset, JsonValueKind open, bool isComplete)
    {
        ReadOnlySpan<byte> part = utf8[read..].TrimStart(" \t\r\n,:"u8);
        int begun = offset - (utf8.Length - part.Length);
        if (begun > 0 && part[0] == '"')
        {
            return JsonStringMistake.Describe(part, begun) ?? (offset == utf8.Length ? EndsEarly : $"a `:` is missing before `{Shown(utf8[offset..])}`");
        }

        ReadOnlySpan<byte> word = begun > 0 ? Word(part) : default;
        if (begun > 0 && (part[0] == '-' || char.IsAsciiDigit((char)part[0])) && (begun < word.Length || !char.IsAsciiDigit((char)word[^1])))
        {
            return $"`{Text(word)}` is not a number as JSON writes it, such as `0.5`, `-3` or `1e6`";
        }

        return offset == utf8.Length ? EndsEarly
            : begun > 0 && char.IsAsciiLetter((char)part[0]) ? NoValue(word)
            : isComplete ? $"`{Shown(utf8[offset..])}` stands after the end of the document"
            : Unexpected(utf8, offset, open);
    }

    private static string Unexpected(ReadOnlySpan<byte> utf8, int offset, JsonValueKind open)
    {
        ReadOnlySpan<byte> rest = utf8[offset..];
        ReadOnlySpan<byte> before = utf8[..offset].TrimEnd(" \t\r\n"u8);
        byte previous = before.IsEmpty ? (byte)0 : before[^1];
        bool expectsMore = previous is 0 or (byte)',' or (byte)':' or (byte)'[' or (byte)'{';
        bool expectsName = open == JsonValueKind.Object && previous is (byte)',' or (byte)'{';
        string shown = Shown(rest);
        return (char)rest[0] switch
        {
            '}' or ']' when previous == ',' => $"the comma before `{shown}` is one too many",
            '}' or ']' when previous == ':' => $"a value is missing before `{shown}`",
            '}' or ']' => $"`{shown}` does not close what is open",
            '/' when rest.StartsWith("//"u8) || rest.StartsWith("/*"u8) => "JSON has no comments",
            '#' => "JSON has no comments",
            ',' when rest[1..].Trim(" \t\r\n"u8).IsEmpty => EndsEarly,
            ',' => "this comma is one too many",
            ':' => "a `:` stands only between a name and its value",
            _ when !expectsMore => $"a comma is missing before `{shown}`",
            _ when IsQuote(rest) => $"names and texts stand between `\"`, not `{shown}`",
            _ when expectsName => $"a name between `\"` is missing before `{(char.IsAsciiLetterOrDigit((char)rest[0]) ? Text(Word(rest)) : shown)}`",
            _ when char.IsAsciiLetter((char)rest[0]) => NoValue(Word(rest)),
            _ => $"no value begins with `{shown}`",
        };
    }

    private static string NoValue(ReadOnlySpan<byte> word) =>
        $"`{Text(word)}` is no value; write `true`, `false` or `null`, and texts between `\"`";

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> text) =>
        text.IndexOfAny(Delimiters) is var end and > 0 ? text[..end] : text;

    private static bool IsQuote(ReadOnlySpan<byte> text) => FirstRune(text).Value is '\'' or '`' or 0x2018 or 0x2019 or 0x201C or 0x201D or 0x201E;

    private static string Text(ReadOnlySpan<byte> word)
    {
        string text = Encoding.UTF8.GetString(word);
        return string.Concat(text.EnumerateRunes().Take(LongestShown).Select(Shown)) + (text.Length > LongestShown ? "…" : string.Empty);
    }

    /// <summary>The first character, so that it can be seen.</summary>
    internal static string Shown(ReadOnlySpan<byte> text) => Shown(FirstRune(text));

    private static string Shown(Rune rune) =>
        rune.Value > ' ' && !Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse)
            ? rune.ToString()
            : string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");

    private static Rune FirstRune(ReadOnlySpan<byte> text) => Rune.DecodeFromUtf8(text, out Rune rune, out _) == OperationStatus.Done ? rune : Rune.ReplacementChar;
}
