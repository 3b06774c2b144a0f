using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace PolicyLayer.Sdk.Compilation.Paths;

/// <summary>What a path leads to: JSON, or a text that the host gave.</summary>
/// <remarks>It keeps the JSON's text at hand, for most operators look at nothing else; in two fields, which are written and read faster than a span.</remarks>
internal ref struct PathValue
{
    private JsonElement _element;
    private ref readonly byte _start;
    private int _length;

    public PathValue(JsonElement element)
    {
        _element = element;
        if (element.ValueKind != JsonValueKind.Undefined)
        {
            Look();
        }
    }

    public PathValue(string? text)
    {
        Text = text;
        Kind = text is null ? JsonValueKind.Undefined : JsonValueKind.String;
    }

    /// <summary>The text that the host gave; null when the value is JSON.</summary>
    public string? Text { get; }

    /// <summary>The JSON; undefined when the value is a text. Read anew where the parser was not asked before.</summary>
    public readonly JsonElement Element => Kind is JsonValueKind.Object or JsonValueKind.Array || _length == 0 || _element.ValueKind != JsonValueKind.Undefined ? _element : JsonElement.Parse(Utf8);

    /// <summary>The JSON as it is written, a string with its quotes; empty when the value is a text.</summary>
    public readonly ReadOnlySpan<byte> Utf8 => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AsRef(in _start), _length);

    public JsonValueKind Kind { get; private set; }

    /// <summary>Whether there is nothing: no value, or JSON's null.</summary>
    public readonly bool IsAbsent => Kind is JsonValueKind.Undefined or JsonValueKind.Null;

    /// <summary>Whether it is a string of JSON without escapes, so that <see cref="Content"/> can be compared with bytes.</summary>
    public readonly bool IsPlainText => IsJsonText && !Content.Contains((byte)'\\');

    /// <summary>Whether it is a string of JSON.</summary>
    public readonly bool IsJsonText => Kind == JsonValueKind.String && Text is null;

    /// <summary>What stands between the quotes of a string of JSON.</summary>
    public readonly ReadOnlySpan<byte> Content => Utf8[1..^1];

    /// <summary>Takes what stands in the arguments: a string without escapes, a number, true, false or null.</summary>
    /// <remarks>As <see cref="TryEnter"/>, it is written where it stays: handing it on costs more than finding it.</remarks>
    public void Take(ReadOnlySpan<byte> utf8)
    {
        _start = ref MemoryMarshal.GetReference(utf8);
        _length = utf8.Length;
        Kind = KindOf(utf8[0]);
    }

    /// <summary>Goes to a member of an object, and has this be its value; false, and this is used no more, when there is none.</summary>
    [UnscopedRef]
    public bool TryEnter(in JsonElement parent, ReadOnlySpan<byte> name)
    {
        if (!parent.TryGetProperty(name, out _element))
        {
            return false;
        }

        Look();
        return true;
    }

    private void Look() => Take(JsonMarshal.GetRawUtf8Value(_element));

    /// <summary>A value's type shows in its first character (RFC 8259, section 3).</summary>
    private static JsonValueKind KindOf(byte first) => first switch
    {
        (byte)'"' => JsonValueKind.String,
        <= (byte)'9' => JsonValueKind.Number,
        (byte)'t' => JsonValueKind.True,
        (byte)'f' => JsonValueKind.False,
        (byte)'{' => JsonValueKind.Object,
        (byte)'[' => JsonValueKind.Array,
        _ => JsonValueKind.Null,
    };
}
