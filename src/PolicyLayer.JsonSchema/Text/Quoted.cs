using System.Buffers;
using System.Text;

namespace PolicyLayer.Schemas.Text;

/// <summary>Makes foreign text safe to show: short, on one line, and unable to close the backticks around it.</summary>
internal static class Quoted
{
    private const int MaxLength = 64;

    /// <summary>What is shown as it is, and what names are mostly made of.</summary>
    private static readonly SearchValues<byte> Harmless = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-. $@:/~"u8);

    /// <summary>The text, shortened to 64 characters and escaped, in backticks.</summary>
    public static string InBackticks(string text) => InBackticks(text, MaxLength);

    /// <summary>The text, shortened and escaped, in backticks.</summary>
    public static string InBackticks(string text, int maxLength) => $"`{Clean(new JsonText(text), maxLength)}`";

    /// <summary>The text, shortened; control, format and separator characters, and backticks, as <c>\uXXXX</c>.</summary>
    public static string Clean(JsonText text, int maxLength = MaxLength)
    {
        if (text.MaxCodePoints <= maxLength && text.TryGetPlain(out ReadOnlySpan<byte> utf8) && !utf8.ContainsAnyExcept(Harmless))
        {
            return Encoding.ASCII.GetString(utf8);
        }

        var result = new StringBuilder();
        int count = 0;
        foreach (int codePoint in text)
        {
            if (count++ == maxLength)
            {
                return result.Append('…').ToString();
            }

            Rune rune = Rune.TryCreate(codePoint, out Rune valid) ? valid : Rune.ReplacementChar;
            result.AppendShown(rune, MustEscape(rune));
        }

        return result.ToString();
    }

    /// <summary>Cuts a text that is already clean.</summary>
    public static string Shorten(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");

    /// <summary>A list of names, in backticks; a long one is cut.</summary>
    public static string List(IEnumerable<string> names, int shown = 20)
    {
        string[] first = [.. names.Take(shown + 1)];
        string list = string.Join(", ", first.Take(shown).Select(static name => InBackticks(name)));
        return first.Length > shown ? $"{list}, …" : list;
    }

    private static bool MustEscape(Rune rune) => rune.Value == '`' || ShownRune.IsUnseen(rune);
}
