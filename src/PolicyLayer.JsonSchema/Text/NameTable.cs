using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace PolicyLayer.Schemas.Text;

/// <summary>A fixed set of texts of a schema, found by the text of an instance without allocation.</summary>
internal sealed class NameTable
{
    private const int StackBuffer = 256;

    private readonly byte[][] _names;
    private readonly int[] _firstOfBucket;
    private readonly int[] _nextInBucket;
    private readonly int _maxLength;

    /// <param name="names">All different, all valid Unicode.</param>
    public NameTable(IReadOnlyList<string> names)
    {
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        _maxLength = _names.Length == 0 ? -1 : _names.Max(name => name.Length);
        _firstOfBucket = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)_names.Length + 1)];
        _nextInBucket = new int[_names.Length];
        Array.Fill(_firstOfBucket, -1);
        for (int i = _names.Length - 1; i >= 0; i--)
        {
            ref int first = ref _firstOfBucket[Bucket(_names[i])];
            _nextInBucket[i] = first;
            first = i;
        }
    }

    public int Count => _names.Length;

    /// <returns>The index of the text in the list that the table was made of, or -1.</returns>
    public int Find(scoped JsonText text) => text.TryGetPlain(out ReadOnlySpan<byte> utf8) ? Find(utf8) : FindDecoded(text);

    private int Find(scoped ReadOnlySpan<byte> utf8)
    {
        // An instance may bring a text of any length; it is not even hashed.
        if (utf8.Length > _maxLength)
        {
            return -1;
        }

        int index = _firstOfBucket[Bucket(utf8)];
        while (index >= 0 && !utf8.SequenceEqual(_names[index]))
        {
            index = _nextInBucket[index];
        }

        return index;
    }

    private int FindDecoded(scoped JsonText text)
    {
        if (_maxLength <= StackBuffer)
        {
            Span<byte> buffer = stackalloc byte[StackBuffer];
            return text.TryDecode(buffer, out int written) ? Find(buffer[..written]) : -1;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(_maxLength);
        int index = text.TryDecode(rented, out int length) ? Find(rented.AsSpan(0, length)) : -1;
        ArrayPool<byte>.Shared.Return(rented);
        return index;
    }

    /// <summary>Mixes the text eight bytes at a time; the last eight may overlap those before.</summary>
    private int Bucket(scoped ReadOnlySpan<byte> utf8)
    {
        ulong hash = (ulong)utf8.Length;
        if (utf8.Length >= sizeof(ulong))
        {
            for (int i = 0; i < utf8.Length - sizeof(ulong); i += sizeof(ulong))
            {
                hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(utf8[i..]));
            }

            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(utf8[^sizeof(ulong)..]));
        }
        else if (utf8.Length >= sizeof(uint))
        {
            ulong last = BinaryPrimitives.ReadUInt32LittleEndian(utf8[^sizeof(uint)..]);
            hash = Mix(hash, BinaryPrimitives.ReadUInt32LittleEndian(utf8) | (last << 32));
        }
        else if (utf8.Length > 0)
        {
            hash = Mix(hash, utf8[0] | ((ulong)utf8[utf8.Length / 2] << 8) | ((ulong)utf8[^1] << 16));
        }

        return (int)(hash >> 32) & (_firstOfBucket.Length - 1);
    }

    private static ulong Mix(ulong hash, ulong word)
    {
        ulong mixed = (hash ^ word) * 0x9E3779B97F4A7C15;
        return mixed ^ (mixed >> 29);
    }
}
