using System.Buffers;
using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary>The characters of a string, in a rented buffer where they come as JSON, so that looking at them allocates nothing.</summary>
internal readonly ref struct TextView
{
    private readonly char[]? _buffer;

    private TextView(ReadOnlySpan<char> span, char[]? buffer)
    {
        Span = span;
        _buffer = buffer;
    }

    public ReadOnlySpan<char> Span { get; }

    /// <summary>Reads a string; escapes are resolved.</summary>
    /// <param name="value">A string.</param>
    /// <exception cref="InvalidOperationException">An escape is half of a surrogate pair.</exception>
    public static TextView Of(in PathValue value) => value.Text is { } text ? new TextView(text, null) : Read(value.Utf8);

    private static TextView Read(ReadOnlySpan<byte> raw)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(raw.Length);
        int length;
        if (raw.Contains((byte)'\\'))
        {
            var reader = new Utf8JsonReader(raw);
            reader.Read();
            length = reader.CopyString(buffer);
        }
        else
        {
            length = Encoding.UTF8.GetChars(raw[1..^1], buffer);
        }

        return new TextView(buffer.AsSpan(0, length), buffer);
    }

    /// <summary>Gives the buffer back, cleared: it held an argument.</summary>
    public void Dispose()
    {
        if (_buffer is not null)
        {
            ArrayPool<char>.Shared.Return(_buffer, clearArray: true);
        }
    }
}
