using System.Globalization;
using System.Text.Json;

namespace PolicyLayer.Sdk.Parsing;

/// <summary>Reads <c>window</c>: a word, a number of seconds, or a number with a unit.</summary>
internal static class LimitWindow
{
    private const long LongestSeconds = 366L * 24 * 3600;

    public static (TimeSpan Length, string Text)? ReadSpan(DocumentNode node, DiagnosticBag diagnostics) => Read(node, diagnostics);

    public static (TimeSpan Length, string Text)? Read(DocumentNode node, DiagnosticBag diagnostics)
    {
        if (node is { Kind: JsonValueKind.String, Text: "month" })
        {
            diagnostics.Error(DiagnosticCodes.NotSupported, node, "the window `month` is for `fixed` limits, which are not supported by this version; write `\"30d\"`");
            return null;
        }

        long? seconds = node.Kind switch
        {
            JsonValueKind.Number => Whole(node.Text!, 1),
            JsonValueKind.String => node.Text switch
            {
                "second" => 1,
                "minute" => 60,
                "hour" => 3600,
                "day" => 24 * 3600,
                "week" => 7 * 24 * 3600,
                [.. var digits, 's'] => Whole(digits, 1),
                [.. var digits, 'm'] => Whole(digits, 60),
                [.. var digits, 'h'] => Whole(digits, 3600),
                [.. var digits, 'd'] => Whole(digits, 24 * 3600),
                _ => null,
            },
            _ => null,
        };
        if (seconds is >= 1 and <= LongestSeconds)
        {
            return (TimeSpan.FromSeconds(seconds.Value), node.Kind == JsonValueKind.Number ? node.Text + "s" : node.Text!);
        }

        diagnostics.Error(
            DiagnosticCodes.InvalidValue,
            node,
            "`window` must be `second`, `minute`, `hour`, `day`, `week`, a whole number of seconds, or such as `90s`, `15m`, `6h`, `7d`; at most 366 days");
        return null;
    }

    private static long? Whole(string digits, long unit) =>
        digits.Length <= 9 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count * unit : null;
}
