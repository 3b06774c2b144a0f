using System.Buffers;
using System.Text.Json;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>JSON that is written and read again at once, as a value of its own.</summary>
internal static class WrittenJson
{
    /// <summary>The value that a function writes.</summary>
    public static JsonElement Of(Action<Utf8JsonWriter> write, JsonWriterOptions options = default)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, options))
        {
            write(writer);
        }

        return JsonElement.Parse(text.WrittenSpan);
    }
}
