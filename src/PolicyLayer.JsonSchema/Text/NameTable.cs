using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace PolicyLayer.Schemas.Text;

/// <summary>A fixed set of texts of a schema, found by the text of an instance without allocation.</summary>
internal sealed class NameTable
{
    private const int StackBuffer = 256;

    private readonly ByteTable _utf8;

    /// <summary>The same for names that come as .NET strings, which are then looked for as they are.</summary>
    private readonly ByteTable _utf16;

    /// <param name="names">All different, all valid Unicode.</param>
    public NameTable(IReadOnlyList<string> names)
    {
        _utf8 = new ByteTable([.. names.Select(Encoding.UTF8.GetBytes)]);
        _utf16 = new ByteTable([.. names.Select(static name => MemoryMarshal.AsBytes(name.AsSpan()).ToArray())]);
    }

    public int Count => _utf8.Count;

    /// <returns>The index of the text in the list that the table was made of, or -1.</returns>
    public int Find(scoped JsonText text) =>
        text.TryGetPlain(out ReadOnlySpan<byte> utf8) ? _utf8.Find(utf8)
        : text.TryGetUtf16(out ReadOnlySpan<char> utf16) ? _utf16.Find(MemoryMarshal.AsBytes(utf16))
        : FindDecoded(text);

    private int FindDecoded(scoped JsonText text)
    {
        if (_utf8.MaxLength <= StackBuffer)
        {
            Span<byte> buffer = stackalloc byte[StackBuffer];
            return text.TryDecode(buffer, out int written) ? _utf8.Find(buffer[..written]) : -1;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(_utf8.MaxLength);
        int index = text.TryDecode(rented, out int length) ? _utf8.Find(rented.AsSpan(0, length)) : -1;
        ArrayPool<byte>.Shared.Return(rented);
        return index;
    }
}
