using System.Globalization;

namespace PolicyLayer.Cli.Output;

/// <summary>Text that came from a file or a model, made fit for a terminal: nothing in it moves the cursor, breaks the line or turns the direction of writing.</summary>
internal static class Printable
{
    public static string Of(string text) =>
        text.Any(IsUnfit) ? string.Concat(text.Select(static c => IsUnfit(c) ? '?' : c)) : text;

    /// <summary>A text of JSON, which stays the same JSON: what is unfit is escaped in it, and between its values white space.</summary>
    public static string OfJson(string json) =>
        json.Any(IsUnfit) ? string.Concat(json.Select(static c => !IsUnfit(c) ? c.ToString() : c is '\t' or '\r' ? " " : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"))) : json;

    private static bool IsUnfit(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' || (!char.IsAscii(c) && CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format);
}
