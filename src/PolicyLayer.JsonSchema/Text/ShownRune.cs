using System.Globalization;
using System.Text;

namespace PolicyLayer.Schemas.Text;

/// <summary>Characters of foreign text as ours shows them.</summary>
internal static class ShownRune
{
    /// <summary>Whether a reader would not see the character as it is. Format characters include those that turn the direction of writing: they make a text look like another one.</summary>
    public static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>Appends the character, or its <c>\uXXXX</c>.</summary>
    public static StringBuilder AppendShown(this StringBuilder text, Rune rune, bool escaped) =>
        escaped ? text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}") : text.Append(rune.ToString());
}
