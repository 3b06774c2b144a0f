using System.Text.Json;

namespace PolicyLayer.EndToEnd.Tests.Ways;

/// <summary>Arguments as the dictionary of their members, whatever is within those.</summary>
internal static class ArgumentMembers
{
    /// <summary>The members; null where no dictionary can hold them.</summary>
    public static Dictionary<string, JsonElement>? Read(string arguments)
    {
        try
        {
            return JsonElement.Parse(arguments) is { ValueKind: JsonValueKind.Object } members
                ? members.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value, StringComparer.Ordinal)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
