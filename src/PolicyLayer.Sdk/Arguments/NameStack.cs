using System.Buffers;
using System.Text.Json;

namespace PolicyLayer.Sdk.Arguments;

/// <summary>The names of the objects that are open while JSON is read, in rented memory; finds those that stand twice.</summary>
/// <remarks>Many names are sorted, so that an object of a hundred thousand members costs no more than its size.</remarks>
internal struct NameStack : IDisposable
{
    /// <summary>Up to so many names are compared each with each.</summary>
    private const int Few = 8;

    private byte[]? _text;
    private int _textLength;
    private (int Start, int Length)[]? _names;
    private int _count;

    /// <summary>An object begins: a name of length -1 remembers where.</summary>
    public void Open() => Push(_textLength, -1);

    /// <summary>Adds the property name that the reader stands on, its escapes resolved.</summary>
    public void Add(ref Utf8JsonReader reader)
    {
        Grow(ref _text, _textLength + reader.ValueSpan.Length, _textLength);
        int length = reader.CopyString(_text.AsSpan(_textLength));
        Push(_textLength, length);
        _textLength += length;
    }

    /// <summary>An object ends: whether two of its names are the same.</summary>
    public bool CloseFindsDuplicate()
    {
        int first = _count;
        while (_names![first - 1].Length >= 0)
        {
            first--;
        }

        Span<(int Start, int Length)> names = _names.AsSpan(first, _count - first);
        bool found = names.Length <= Few ? HasEqualPair(names) : HasEqualNeighbours(names);
        _count = first - 1;
        _textLength = _names[_count].Start;
        return found;
    }

    /// <summary>Gives the memory back, cleared: names may say something of the arguments.</summary>
    public void Dispose()
    {
        if (_text is not null)
        {
            ArrayPool<byte>.Shared.Return(_text, clearArray: true);
        }

        if (_names is not null)
        {
            ArrayPool<(int, int)>.Shared.Return(_names);
        }

        this = default;
    }

    private readonly ReadOnlySpan<byte> Text((int Start, int Length) name) => _text.AsSpan(name.Start, name.Length);

    private readonly bool HasEqualPair(ReadOnlySpan<(int Start, int Length)> names)
    {
        for (int i = 1; i < names.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (Text(names[i]).SequenceEqual(Text(names[j])))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private readonly bool HasEqualNeighbours(Span<(int Start, int Length)> names)
    {
        byte[] text = _text!;
        names.Sort((a, b) => text.AsSpan(a.Start, a.Length).SequenceCompareTo(text.AsSpan(b.Start, b.Length)));
        for (int i = 1; i < names.Length; i++)
        {
            if (Text(names[i]).SequenceEqual(Text(names[i - 1])))
            {
                return true;
            }
        }

        return false;
    }

    private void Push(int start, int length)
    {
        Grow(ref _names, _count + 1, _count);
        _names![_count++] = (start, length);
    }

    private static void Grow<T>(ref T[]? array, int needed, int used)
    {
        if (array is not null && array.Length >= needed)
        {
            return;
        }

        T[] larger = ArrayPool<T>.Shared.Rent(Math.Max(64, needed * 2));
        if (array is not null)
        {
            array.AsSpan(0, used).CopyTo(larger);
            ArrayPool<T>.Shared.Return(array, clearArray: true);
        }

        array = larger;
    }
}
