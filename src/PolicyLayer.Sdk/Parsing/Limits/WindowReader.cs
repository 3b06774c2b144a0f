using System.Globalization;
using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Parsing.Limits;

/// <summary>Reads spans of time: a word, a number of seconds, or a number with a unit.</summary>
internal static class WindowReader
{
    private const long LongestSeconds = 366L * 24 * 3600;
    private const long Day = 24 * 3600;

    /// <summary>Reads <c>window</c>.</summary>
    public static LimitWindow? Read(DocumentNode node, DiagnosticBag diagnostics) => node switch
    {
        { Kind: JsonValueKind.String, Text: "month" } => new LimitWindow("month", TimeSpan.FromDays(31), CalendarUnit.Month),
        { Kind: JsonValueKind.String, Text: "week" } => new LimitWindow("week", TimeSpan.FromDays(7), CalendarUnit.Week),
        _ => ReadSpan(node, diagnostics) is { } length ? new LimitWindow(node.Kind == JsonValueKind.Number ? Text(length) : node.Text!, length, CalendarUnit.FromEpoch) : null,
    };

    /// <summary>Reads a span of any member.</summary>
    public static TimeSpan? ReadSpan(DocumentNode node, DiagnosticBag diagnostics)
    {
        long? seconds = node.Kind switch
        {
            JsonValueKind.Number => WholeNumber(node.Text!),
            JsonValueKind.String => node.Text switch
            {
                "second" => 1,
                "minute" => 60,
                "hour" => 3600,
                "day" => Day,
                "week" => 7 * Day,
                [.. var digits, 's'] => Whole(digits, 1),
                [.. var digits, 'm'] => Whole(digits, 60),
                [.. var digits, 'h'] => Whole(digits, 3600),
                [.. var digits, 'd'] => Whole(digits, Day),
                _ => null,
            },
            _ => null,
        };
        if (seconds is >= 1 and <= LongestSeconds)
        {
            return TimeSpan.FromSeconds(seconds.Value);
        }

        diagnostics.Error(
            DiagnosticCodes.InvalidValue,
            node,
            $"`{node.Name}` must be `second`, `minute`, `hour`, `day`, `week`, a whole number of seconds, or such as `90s`, `15m`, `6h`, `7d`; at most 366 days");
        return null;
    }

    private static string Text(TimeSpan length) => string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds}s");

    /// <summary>By its value: 60, 60.0 and 6e1 are one number.</summary>
    private static long? WholeNumber(string number) =>
        ExactAmount.TryRead(Encoding.UTF8.GetBytes(number), out decimal seconds) && decimal.Truncate(seconds) == seconds ? (long)seconds : null;

    private static long? Whole(string digits, long unit) =>
        digits.Length <= 9 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count * unit : null;
}
