using System.Buffers;
using System.Text.Unicode;

namespace PolicyLayer.Sdk.Arguments;

/// <summary>Sees at a glance that ordinary arguments are well formed; what it is not sure of is left to <see cref="StrictJson"/>.</summary>
/// <remarks>Says yes only to what the strict reader would pass, which a property test holds; several times as fast, with nothing rented.</remarks>
internal static class PlainJson
{
    private const int MostNames = 32;
    private const int Deepest = 8;

    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[],/"u8);

    /// <summary>Whether the value is well formed for certain; false means: look closer.</summary>
    /// <param name="utf8">Text that some parser took for JSON, perhaps one that allows comments and trailing commas.</param>
    public static bool IsWellFormed(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            return false;
        }

        Span<Range> names = stackalloc Range[MostNames];
        Span<int> firstNames = stackalloc int[Deepest];
        int count = 0;
        int depth = 0;
        int position = 0;
        while (utf8[position..].IndexOfAny(Structure) is var step and >= 0)
        {
            position += step;
            switch (utf8[position++])
            {
                case (byte)'"':
                    int start = position;
                    if (!TrySkipString(utf8, ref position, out bool isEscaped))
                    {
                        return false;
                    }

                    if (Next(utf8[position..]) == ':' && (isEscaped || count == MostNames || !TryAdd(utf8, start..(position - 1), names, firstNames[depth - 1], ref count)))
                    {
                        return false;
                    }

                    break;
                case (byte)'{' or (byte)'[':
                    if (depth == Deepest)
                    {
                        return false;
                    }

                    firstNames[depth++] = count;
                    break;
                case (byte)',':
                    if (Next(utf8[position..]) is (byte)'}' or (byte)']')
                    {
                        return false;
                    }

                    break;
                case (byte)'/':
                    return false;
                default:
                    count = firstNames[--depth];
                    break;
            }
        }

        return true;
    }

    /// <summary>Moves behind the closing quote; false at a <c>\u</c>, which may be half a character.</summary>
    private static bool TrySkipString(ReadOnlySpan<byte> utf8, ref int position, out bool isEscaped)
    {
        isEscaped = false;
        while (true)
        {
            position += utf8[position..].IndexOfAny((byte)'"', (byte)'\\');
            if (utf8[position] == '"')
            {
                position++;
                return true;
            }

            if (utf8[position + 1] == 'u')
            {
                return false;
            }

            isEscaped = true;
            position += 2;
        }
    }

    /// <summary>The next byte that is no white space; 0 at the end. Behind a string a colon tells that it is a name.</summary>
    private static byte Next(ReadOnlySpan<byte> rest)
    {
        int at = rest.IndexOfAnyExcept(" \n\r\t"u8);
        return at < 0 ? (byte)0 : rest[at];
    }

    /// <summary>Adds a name of the innermost object; false when it is there already.</summary>
    private static bool TryAdd(ReadOnlySpan<byte> utf8, Range name, Span<Range> names, int first, ref int count)
    {
        foreach (Range other in names[first..count])
        {
            if (utf8[other].SequenceEqual(utf8[name]))
            {
                return false;
            }
        }

        names[count++] = name;
        return true;
    }
}
