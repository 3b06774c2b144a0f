using System.Text.Json;

namespace PolicyLayer.Sdk.Mcp.Clients;

/// <summary>The members of an object by which it is decided what it is.</summary>
internal static class DecidingMembers
{
    /// <summary>Whether each of the names stands there once at most, and nothing else that a loose reader could take for one of them.</summary>
    public static bool AreExact(JsonElement value, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            int count = 0;
            foreach (JsonProperty member in value.EnumerateObject())
            {
                if (LooseName.Equals(member.Name, name) && (++count > 1 || member.Name != name))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>A member that stands there once; undefined where it is absent, or where it is not certain which one it is.</summary>
    public static JsonElement Find(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && AreExact(value, name) && value.TryGetProperty(name, out JsonElement found) ? found : default;
}
