using System.Buffers.Binary;
using System.Runtime.CompilerServices;
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
        bool mayHoldEscapes = utf8.Contains((byte)'\\');
        bool mayHoldComments = utf8.Contains((byte)'/');
        return !(mayHoldEscapes && utf8.IndexOf("\\u"u8) >= 0)
            && new Walk(mayHoldEscapes, mayHoldComments).IsWellFormed(value, utf8, Deepest);
    }

    private readonly struct Walk(bool mayHoldEscapes, bool mayHoldComments)
    {
        /// <summary>Whether an object or a list is well formed; anything else is.</summary>
        public bool IsWellFormed(JsonElement value, ReadOnlySpan<byte> utf8, int levels) => utf8[0] switch
        {
            (byte)'{' => levels > 0 && IsObjectWellFormed(value, utf8, levels),
            (byte)'[' => levels > 0 && IsListWellFormed(value, utf8, levels),
            _ => true,
        };

        private bool IsObjectWellFormed(JsonElement value, ReadOnlySpan<byte> utf8, int levels)
        {
            if (value.GetPropertyCount() > MostNames)
            {
                return false;
            }

            Span<(int Start, ulong Key)> names = stackalloc (int Start, ulong Key)[MostNames];
            int count = 0;
            ReadOnlySpan<byte> last = default;
            foreach (JsonProperty member in value.EnumerateObject())
            {
                ReadOnlySpan<byte> name = JsonMarshal.GetRawUtf8PropertyName(member);
                ulong key = Key(name);
                for (int i = 0; i < count; i++)
                {
                    if (names[i].Key == key && utf8.Slice(names[i].Start, name.Length).SequenceEqual(name))
                    {
                        return false;
                    }
                }

                names[count++] = (OffsetIn(utf8, name), key);
                JsonElement inner = member.Value;
                ReadOnlySpan<byte> text = JsonMarshal.GetRawUtf8Value(inner);
                if ((mayHoldEscapes && name.Contains((byte)'\\')) || !Follows(utf8, last, text) || !IsWellFormed(inner, text, levels - 1))
                {
                    return false;
                }

                last = text;
            }

            return EndsPlainly(utf8, last);
        }

        private bool IsListWellFormed(JsonElement value, ReadOnlySpan<byte> utf8, int levels)
        {
            ReadOnlySpan<byte> last = default;
            foreach (JsonElement element in value.EnumerateArray())
            {
                ReadOnlySpan<byte> text = JsonMarshal.GetRawUtf8Value(element);
                if (!Follows(utf8, last, text) || !IsWellFormed(element, text, levels - 1))
                {
                    return false;
                }

                last = text;
            }

            return EndsPlainly(utf8, last);
        }

        /// <summary>Whether no slash stands between two values; one in a name counts too.</summary>
        private bool Follows(ReadOnlySpan<byte> utf8, ReadOnlySpan<byte> last, ReadOnlySpan<byte> text) =>
            !mayHoldComments || !utf8[EndOf(utf8, last)..OffsetIn(utf8, text)].Contains((byte)'/');

        /// <summary>Whether between the last value and the closing bracket there is no comma, and no comment.</summary>
        private bool EndsPlainly(ReadOnlySpan<byte> utf8, ReadOnlySpan<byte> last)
        {
            ReadOnlySpan<byte> rest = utf8[EndOf(utf8, last)..^1];
            return rest.IsEmpty || !(rest.Contains((byte)',') || (mayHoldComments && rest.Contains((byte)'/')));
        }

        /// <summary>Where a value ends, or the opening bracket where there is none.</summary>
        private static int EndOf(ReadOnlySpan<byte> utf8, ReadOnlySpan<byte> last) => last.IsEmpty ? 1 : OffsetIn(utf8, last) + last.Length;

        private static int OffsetIn(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> part) =>
            (int)Unsafe.ByteOffset(ref MemoryMarshal.GetReference(whole), ref MemoryMarshal.GetReference(part));

        /// <summary>The length and the first bytes of a name: what tells most names apart.</summary>
        private static ulong Key(ReadOnlySpan<byte> name)
        {
            uint first = name.Length >= sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(name) : name.IsEmpty ? 0u : name[0];
            return ((ulong)name.Length << 32) | first;
        }
    }
}
