using System.Runtime.CompilerServices;
using System.Text.Json;

namespace PolicyLayer.Sdk.Arguments;

/// <summary>Arguments as the text that came, which is parsed only where somebody needs more than conditions on flat members do.</summary>
internal sealed class UnreadArguments(ReadOnlyMemory<byte> utf8)
{
    /// <summary>One reference, so that a thread sees all of the value or nothing: an element is two words, and half of one is no arguments at all.</summary>
    private StrongBox<JsonElement>? _element;

    /// <summary>The text, without the white space around it.</summary>
    public ReadOnlySpan<byte> Utf8 => Trim(utf8.Span);

    /// <summary>The value; undefined when the text is no strict JSON. Threads that ask at once parse the same.</summary>
    public JsonElement Element => (_element ??= new StrongBox<JsonElement>(Parse())).Value;

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        // Most texts have nothing to trim.
        return text.IsEmpty || (text[0] > ' ' && text[^1] > ' ') ? text : text.Trim(" \t\r\n"u8);
    }

    private JsonElement Parse()
    {
        try
        {
            return JsonElement.Parse(Utf8);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
