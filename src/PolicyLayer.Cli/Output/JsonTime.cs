using System.Globalization;

namespace PolicyLayer.Cli.Output;

/// <summary>A time as programs read it: UTC, as exact as it is kept.</summary>
internal static class JsonTime
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
