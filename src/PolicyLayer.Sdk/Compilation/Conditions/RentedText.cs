using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>The text of a JSON string in a rented buffer, so that looking at it allocates nothing.</summary>
internal readonly ref struct RentedText
{
    private readonly char[] _buffer;
    private readonly int _length;

    private RentedText(char[] buffer, int length)
    {
        _buffer = buffer;
        _length = length;
    }

    public ReadOnlySpan<char> Span => _buffer.AsSpan(0, _length);

    /// <summary>Reads a string; escapes are resolved.</summary>
    /// <exception cref="InvalidOperationException">An escape is half of a surrogate pair.</exception>
    public static RentedText Of(JsonElement element)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(element);
        char[] buffer = ArrayPool<char>.Shared.Rent(raw.Length);
        var reader = new Utf8JsonReader(raw);
        reader.Read();
        return new RentedText(buffer, reader.CopyString(buffer));
    }

    /// <summary>Gives the buffer back, cleared: it held an argument.</summary>
    public void Dispose() => ArrayPool<char>.Shared.Return(_buffer, clearArray: true);
}
