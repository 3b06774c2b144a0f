using System.Globalization;
using System.Text;

namespace PolicyLayer.Cli.Output;

/// <summary>Text that a person judges by: nothing in it is hidden, and nothing changes how the rest is seen. What would is written as JSON escapes it, so that a text of JSON stays the same JSON.</summary>
internal static class Escaped
{
    /// <summary>So many marks on one letter are letters of somebody's language; more of them paint over what stands around.</summary>
    private const int MostMarks = 2;

    /// <summary>So many spaces stand before what is set under something else; more of them push what follows out of sight.</summary>
    private const int MostSpaces = 16;

    private static readonly string TooManySpaces = new(' ', MostSpaces + 1);

    public static string Of(string text)
    {
        if (text.All(static c => c is >= ' ' and <= '~') && !text.Contains(TooManySpaces, StringComparison.Ordinal))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length);
        int marks = MostMarks, spaces = 0;
        for (int i = 0; i < text.Length;)
        {
            bool isWhole = Rune.TryGetRuneAt(text, i, out Rune rune);
            ReadOnlySpan<char> one = text.AsSpan(i, isWhole ? rune.Utf16SequenceLength : 1);
            UnicodeCategory category = isWhole ? Rune.GetUnicodeCategory(rune) : UnicodeCategory.Surrogate;
            bool isHidden = category == UnicodeCategory.NonSpacingMark ? IsBlank(rune) || marks++ >= MostMarks : IsHidden(rune, category);
            spaces = rune.Value == ' ' ? spaces + 1 : 0;
            isHidden |= spaces > MostSpaces;
            if (category != UnicodeCategory.NonSpacingMark)
            {
                marks = !isHidden && (category == UnicodeCategory.SpacingCombiningMark || Rune.IsLetter(rune)) ? 0 : MostMarks;
            }

            foreach (char c in one)
            {
                _ = isHidden ? shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : shown.Append(c);
            }

            i += one.Length;
        }

        return shown.ToString();
    }

    private static bool IsHidden(Rune rune, UnicodeCategory category) => category switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.EnclosingMark => true,
        UnicodeCategory.SpaceSeparator => rune.Value != ' ',
        _ => IsBlank(rune),
    };

    /// <summary>Letters, signs and marks that are drawn as nothing: fillers, joiners, selectors, the empty cell of Braille.</summary>
    private static bool IsBlank(Rune rune) => rune.Value
        is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or 0x1D159 or (>= 0xE0100 and <= 0xE01EF);
}
