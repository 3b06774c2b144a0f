using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace PolicyLayer.Sdk.Arguments;

/// <summary>Sees at a glance that ordinary arguments are well formed; what it is not sure of is left to <see cref="StrictJson"/>.</summary>
/// <remarks>Says yes only to what the strict reader would pass, which a property test holds. It walks along what the parser has found instead of reading the text again, and is many times as fast.</remarks>
internal static class PlainJson
{
    private const int MostNames = 16;
    private const int Deepest = 8;

    /// <summary>Whether the value is well formed for certain; false means: look closer.</summary>
    /// <param name="value">What some parser took for JSON, perhaps one that allows comments and trailing commas.</param>
    /// <param name="utf8">The value's text.</param>
    public static bool IsWellFormed(JsonElement value, ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            return false;
        }

        // Both are rare, and where a text has none, nobody need look for them piece by piece.
        bool mayHoldEscapes = false;
        if (utf8.ContainsAny((byte)'\\', (byte)'/'))
        {
            mayHoldEscapes = utf8.Contains((byte)'\\');
            if ((mayHoldEscapes && utf8.IndexOf("\\u"u8) >= 0) || HasComment(utf8))
            {
                return false;
            }
        }

        return IsPlain(value, utf8, mayHoldEscapes, Deepest);
    }

    /// <summary>Whether an object or a list is well formed; anything else is.</summary>
    private static bool IsPlain(JsonElement value, ReadOnlySpan<byte> utf8, bool mayHoldEscapes, int levels) => utf8[0] switch
    {
        (byte)'{' => levels > 0 && IsPlainObject(value, stackalloc ulong[MostNames], mayHoldEscapes, levels - 1) && !FlatObject.EndsWithComma(utf8),
        (byte)'[' => levels > 0 && IsPlainList(value, mayHoldEscapes, levels - 1) && !FlatObject.EndsWithComma(utf8),
        _ => true,
    };

    private static bool IsPlainObject(JsonElement value, Span<ulong> keys, bool mayHoldEscapes, int levels)
    {
        int count = 0;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            ReadOnlySpan<byte> name = JsonMarshal.GetRawUtf8PropertyName(member);
            ulong key = MemberIndex.KeyOf(name);
            if (count == keys.Length || keys[..count].Contains(key) || (mayHoldEscapes && name.Contains((byte)'\\')))
            {
                return false;
            }

            keys[count++] = key;
            JsonElement inner = member.Value;
            if (!IsPlain(inner, JsonMarshal.GetRawUtf8Value(inner), mayHoldEscapes, levels))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPlainList(JsonElement value, bool mayHoldEscapes, int levels)
    {
        foreach (JsonElement element in value.EnumerateArray())
        {
            if (!IsPlain(element, JsonMarshal.GetRawUtf8Value(element), mayHoldEscapes, levels))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a slash stands outside of every string.</summary>
    private static bool HasComment(ReadOnlySpan<byte> utf8)
    {
        for (int next = utf8.IndexOfAny((byte)'"', (byte)'/'); next >= 0; next = utf8.IndexOfAny((byte)'"', (byte)'/'))
        {
            if (utf8[next] == '/')
            {
                return true;
            }

            utf8 = utf8[(next + 1)..];
            int end = utf8.IndexOfAny((byte)'"', (byte)'\\');
            while (utf8[end] == '\\')
            {
                utf8 = utf8[(end + 2)..];
                end = utf8.IndexOfAny((byte)'"', (byte)'\\');
            }

            utf8 = utf8[(end + 1)..];
        }

        return false;
    }
}
