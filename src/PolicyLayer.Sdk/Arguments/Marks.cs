using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PolicyLayer.Sdk.Arguments;

/// <summary>Where in 64 bytes of JSON its marks stand, one bit a byte; strings are not looked at.</summary>
internal readonly ref struct Marks
{
    private Marks(scoped in Half low, scoped in Half high)
    {
        Quotes = low.Quotes | ((ulong)high.Quotes << 32);
        Colons = low.Colons | ((ulong)high.Colons << 32);
        Slashes = low.Slashes | ((ulong)high.Slashes << 32);
        Openings = low.Openings | ((ulong)high.Openings << 32);
        HasBackslash = (low.Backslashes | high.Backslashes) != 0;
        IsAscii = (low.Others | high.Others) == 0;
    }

    public ulong Quotes { get; }

    public ulong Colons { get; }

    public ulong Slashes { get; }

    /// <summary>Opening brackets of both kinds.</summary>
    public ulong Openings { get; }

    public bool HasBackslash { get; }

    public bool IsAscii { get; }

    /// <summary>Looks at the bytes from a place on, as far as the text goes.</summary>
    /// <param name="utf8">A text of at least 32 bytes.</param>
    /// <param name="start">The place.</param>
    public static Marks Of(ReadOnlySpan<byte> utf8, int start) => new(new Half(utf8, start), start + 32 < utf8.Length ? new Half(utf8, start + 32) : default);

    [StructLayout(LayoutKind.Auto)]
    private readonly ref struct Half
    {
        public readonly uint Quotes;
        public readonly uint Colons;
        public readonly uint Slashes;
        public readonly uint Openings;
        public readonly uint Backslashes;
        public readonly uint Others;

        public Half(ReadOnlySpan<byte> utf8, int start)
        {
            // The last bytes are read together with those before them, which then are shifted out.
            int from = Math.Min(start, utf8.Length - Vector256<byte>.Count);
            int again = start - from;
            Vector256<byte> bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(utf8), (nuint)from);
            Quotes = Vector256.Equals(bytes, Vector256.Create((byte)'"')).ExtractMostSignificantBits() >> again;
            Colons = Vector256.Equals(bytes, Vector256.Create((byte)':')).ExtractMostSignificantBits() >> again;
            Slashes = Vector256.Equals(bytes, Vector256.Create((byte)'/')).ExtractMostSignificantBits() >> again;
            Openings = Vector256.Equals(bytes | Vector256.Create((byte)('[' ^ '{')), Vector256.Create((byte)'{')).ExtractMostSignificantBits() >> again;
            Backslashes = Vector256.Equals(bytes, Vector256.Create((byte)'\\')).ExtractMostSignificantBits() >> again;
            Others = bytes.ExtractMostSignificantBits() >> again;
        }
    }
}
