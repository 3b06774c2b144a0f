using System.Text;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Sdk.Decisions;

/// <summary>The name of a tool as texts show it: it is whatever a model sent, so it must not pass for a text of ours, nor fill a disk.</summary>
internal static class ShownName
{
    private const int MaxLength = 128;

    /// <summary>The name itself where it is short and plain; else shortened, with control and format characters and backticks as <c>\uXXXX</c>.</summary>
    public static string Of(string? name)
    {
        if (name is null)
        {
            return string.Empty;
        }

        if (name.Length <= MaxLength && name.All(static c => !char.IsSurrogate(c) && !MustEscape(new Rune(c))))
        {
            return name;
        }

        var shown = new StringBuilder();
        int count = 0;
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (count++ == MaxLength)
            {
                return shown.Append('…').ToString();
            }

            shown.AppendShown(rune, MustEscape(rune));
        }

        return shown.ToString();
    }

    private static bool MustEscape(Rune rune) => rune.Value == '`' || ShownRune.IsUnseen(rune);
}
