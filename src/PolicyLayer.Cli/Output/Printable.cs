using System.Globalization;

namespace PolicyLayer.Cli.Output;

/// <summary>Text that came from a file or a model, made fit for a terminal: nothing in it moves the cursor, breaks the line or turns the direction of writing.</summary>
internal static class Printable
{
    public static string Of(string text) =>
        text.Any(IsUnfit) ? string.Concat(text.Select(static c => IsUnfit(c) ? '?' : c)) : text;

    private static bool IsUnfit(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' || (!char.IsAscii(c) && CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format);
}
