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
    public static JsonElement Find(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Object && AreExact(value, name))
        {
            foreach (JsonProperty member in value.EnumerateObject())
            {
                if (IsLike(member, name))
                {
                    return member.Value;
                }
            }
        }

        return default;
    }

    /// <summary>Whether a loose reader could take a member for one of a name of the protocol. None is what has half of a surrogate pair in its name.</summary>
    public static bool IsLike(JsonProperty member, string name)
    {
        if (LooseName.TryEquals(JsonMarshal.GetRawUtf8PropertyName(member), name) is { } isLike)
        {
            return isLike;
        }

        try
        {
            return LooseName.Equals(member.Name, name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
