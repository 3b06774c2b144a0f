using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PolicyLayer.Cli.Output;

/// <summary>One JSON value on one line.</summary>
internal static class JsonLine
{
    /// <summary>A value as it was sent, without the white space, which may hold line breaks.</summary>
    public static string Compact(string json) => Of(JsonElement.Parse(json).WriteTo);

    public static string Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
