using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace PolicyLayer.Schemas.Text;

/// <summary>A fixed set of byte strings, found without allocation.</summary>
internal sealed class ByteTable
{
    /// <summary>Secret and different in every process: whoever writes a schema could else have all its names in one bucket, and an instance find them there a hundred thousand times.</summary>
    private static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private static readonly ulong Factor = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    private readonly byte[][] _entries;
    private readonly int[] _firstOfBucket;
    private readonly int[] _nextInBucket;

    /// <param name="entries">All different.</param>
    public ByteTable(byte[][] entries)
    {
        _entries = entries;
        MaxLength = entries.Length == 0 ? -1 : entries.Max(static entry => entry.Length);
        _firstOfBucket = new int[BitOperations.RoundUpToPowerOf2((uint)entries.Length + 1)];
        _nextInBucket = new int[entries.Length];
        Array.Fill(_firstOfBucket, -1);
        for (int i = entries.Length - 1; i >= 0; i--)
        {
            ref int first = ref _firstOfBucket[Bucket(entries[i])];
            _nextInBucket[i] = first;
            first = i;
        }
    }

    public int Count => _entries.Length;

    /// <summary>The length of the longest; -1 where there are none.</summary>
    public int MaxLength { get; }

    /// <returns>The index of the bytes in the list that the table was made of, or -1.</returns>
    public int Find(scoped ReadOnlySpan<byte> bytes)
    {
        // An instance may bring a text of any length; it is not even hashed.
        if (bytes.Length > MaxLength)
        {
            return -1;
        }

        int index = _firstOfBucket[Bucket(bytes)];
        while (index >= 0 && !bytes.SequenceEqual(_entries[index]))
        {
            index = _nextInBucket[index];
        }

        return index;
    }

    /// <summary>Mixes the bytes eight at a time; the last eight may overlap those before.</summary>
    private int Bucket(scoped ReadOnlySpan<byte> bytes)
    {
        ulong hash = Seed ^ (ulong)bytes.Length;
        if (bytes.Length >= sizeof(ulong))
        {
            for (int i = 0; i < bytes.Length - sizeof(ulong); i += sizeof(ulong))
            {
                hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes[i..]));
            }

            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..]));
        }
        else if (bytes.Length >= sizeof(uint))
        {
            ulong last = BinaryPrimitives.ReadUInt32LittleEndian(bytes[^sizeof(uint)..]);
            hash = Mix(hash, BinaryPrimitives.ReadUInt32LittleEndian(bytes) | (last << 32));
        }
        else if (bytes.Length > 0)
        {
            hash = Mix(hash, bytes[0] | ((ulong)bytes[bytes.Length / 2] << 8) | ((ulong)bytes[^1] << 16));
        }

        return (int)(hash >> 32) & (_firstOfBucket.Length - 1);
    }

    private static ulong Mix(ulong hash, ulong word)
    {
        ulong high = Math.BigMul(hash ^ word, Factor, out ulong low);
        return high ^ low;
    }
}
