using System.Runtime.InteropServices;
using System.Text.Json;

namespace PolicyLayer.Sdk.Mcp.Clients;

/// <summary>The members of an object by which it is decided what it is.</summary>
internal static class DecidingMembers
{
    /// <summary>Whether each of the names stands there once at most, and nothing else that a loose reader could take for one of them.</summary>
    public static bool AreExact(JsonElement value, params ReadOnlySpan<string> names)
    {
        int seen = 0;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            for (int i = 0; i < names.Length; i++)
            {
                if (!IsLike(member, names[i]))
                {
                    continue;
                }

                if ((seen & (1 << i)) != 0 || !member.NameEquals(names[i]))
                {
                    return false;
                }

                seen |= 1 << i;
            }
        }

        return true;
    }

    /// <summary>A member that stands there once; undefined where it is absent, or where it is not certain which one it is.</summary>
    public static JsonElement Find(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && AreExact(value, name) && value.TryGetProperty(name, out JsonElement found) ? found : default;

    private static bool IsLike(JsonProperty member, string name) =>
        LooseName.TryEquals(JsonMarshal.GetRawUtf8PropertyName(member), name) ?? LooseName.Equals(member.Name, name);
}
