using System.Globalization;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Approvals;

/// <summary>Words for what approvals have in them. What others wrote is escaped, so that it can neither hide nor write to the terminal.</summary>
internal static class ApprovalText
{
    private const int Longest = 48;

    /// <summary>The status in a word, and how it is shown.</summary>
    public static (string Word, string Style) Status(ApprovalStatus status) => status switch
    {
        ApprovalStatus.Pending => ("pending", "yellow"),
        ApprovalStatus.Approved => ("approved", "green"),
        ApprovalStatus.Denied => ("denied", "red"),
        ApprovalStatus.Used => ("used", "dim"),
        _ => ("unknown", "red"),
    };

    public static string Of(string? text) => string.IsNullOrEmpty(text) ? "-" : Escaped.Of(text);

    /// <summary>A name that a model made up as long as it liked, cut: it would break a table, or push what stands behind it out of sight. <c>show</c> has the whole.</summary>
    public static string Short(string? text)
    {
        string shown = Of(text);
        return shown.Length <= Longest ? shown : string.Concat(shown.AsSpan(0, char.IsHighSurrogate(shown[Longest - 1]) ? Longest - 1 : Longest), "…");
    }

    /// <summary>A span as people say it, in one unit and never too long; what is over is nothing.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { Ticks: < 0 } => "0 s",
        { TotalMinutes: < 1 } => Whole(span.TotalSeconds, "s"),
        { TotalHours: < 1 } => Whole(span.TotalMinutes, "min"),
        { TotalDays: < 2 } => Whole(span.TotalHours, "h"),
        _ => Whole(span.TotalDays, "d"),
    };

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Whole(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(number)} {unit}");
}
