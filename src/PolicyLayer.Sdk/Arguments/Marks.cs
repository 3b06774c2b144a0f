using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PolicyLayer.Sdk.Arguments;

/// <summary>Where in 64 bytes of JSON its marks stand, one bit a byte; strings are not looked at.</summary>
/// <param name="low">The first 32 bytes.</param>
/// <param name="high">The next 32.</param>
/// <param name="again">How many bytes at the beginning were looked at before, and are left out.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly ref struct Marks(Vector256<byte> low, Vector256<byte> high, int again)
{
    /// <summary>How many bytes are looked at at once.</summary>
    public const int Block = 64;

    private readonly Vector256<byte> _low = low;
    private readonly Vector256<byte> _high = high;
    private readonly int _again = again;

    public ulong Quotes => EqualTo((byte)'"');

    public ulong Colons => EqualTo((byte)':');

    /// <summary>What does not stand outside of strings in a flat object, but for its first byte: opening brackets of both kinds, and the slash that begins a comment.</summary>
    public ulong Openings => Bits(IsOpening(_low), IsOpening(_high));

    /// <summary>What is not plain within strings: the back-slash, and control characters, which outside of strings are white space.</summary>
    public ulong NotPlain => Bits(IsNotPlain(_low), IsNotPlain(_high));

    /// <summary>The bytes, for what is asked of the whole text.</summary>
    public Vector256<byte> Either => _low | _high;

    /// <summary>Looks at the bytes from a place on, as far as the text goes.</summary>
    /// <param name="utf8">A text of at least 64 bytes.</param>
    /// <param name="start">The place.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Marks Of(scoped ReadOnlySpan<byte> utf8, int start)
    {
        // The last bytes are read together with those before them, which then are shifted out.
        int from = Math.Min(start, utf8.Length - Block);
        ref byte first = ref MemoryMarshal.GetReference(utf8);
        return new Marks(Vector256.LoadUnsafe(ref first, (nuint)from), Vector256.LoadUnsafe(ref first, (nuint)from + 32), start - from);
    }

    private static Vector256<byte> IsOpening(Vector256<byte> bytes) =>
        Vector256.Equals(bytes | Vector256.Create((byte)('[' ^ '{')), Vector256.Create((byte)'{')) | Vector256.Equals(bytes, Vector256.Create((byte)'/'));

    private static Vector256<byte> IsNotPlain(Vector256<byte> bytes) =>
        Vector256.Equals(Vector256.Min(bytes, Vector256.Create((byte)(' ' - 1))), bytes) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong EqualTo(byte mark) => Bits(Vector256.Equals(_low, Vector256.Create(mark)), Vector256.Equals(_high, Vector256.Create(mark)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Bits(Vector256<byte> low, Vector256<byte> high) =>
        (low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32)) >> _again;
}
