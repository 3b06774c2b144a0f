using System.Globalization;
using System.Text.Json;

namespace PolicyLayer.Sdk.Compilation.Paths;

/// <summary>The values at which paths begin, apart from the arguments.</summary>
internal static class PathRoots
{
    private static readonly string[] Weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private static readonly JsonElement[] Hours = [.. Enumerable.Range(0, 24).Select(static hour => JsonElement.Parse(hour.ToString(CultureInfo.InvariantCulture)))];

    public static PathValue Resolve(PathRoot root, in CallView call) => root switch
    {
        PathRoot.GrantId => new PathValue(call.Call.Grant?.Id),
        PathRoot.GrantLabel => new PathValue(call.Call.Grant?.Label),
        PathRoot.GrantAttributes => new PathValue(call.Call.Grant?.Attributes ?? default),
        PathRoot.UserId => new PathValue(call.Call.User),
        PathRoot.UserClaims => new PathValue(call.Call.Context?.UserClaims ?? default),
        PathRoot.SessionId => new PathValue(call.Call.Session),
        PathRoot.ToolName => new PathValue(call.Call.Tool),
        PathRoot.ToolAnnotations => new PathValue(call.Call.Context?.ToolAnnotations ?? default),
        PathRoot.Context => new PathValue(call.Call.Context?.Values ?? default),
        PathRoot.TimeUtc => new PathValue(call.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
        PathRoot.TimeHour => new PathValue(Hours[call.Time.UtcDateTime.Hour]),
        PathRoot.TimeWeekday => new PathValue(Weekdays[(int)call.Time.UtcDateTime.DayOfWeek]),
        _ => default,
    };
}
