using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PolicyLayer.Cli.Output;

namespace PolicyLayer.Cli.Approvals;

/// <summary>The arguments of a call as people and programs see them. Letters stay letters; what cannot be seen is escaped.</summary>
internal static class ApprovalArguments
{
    private static readonly JsonWriterOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    /// <summary>Indented JSON, line by line; a text that is none, as nobody of ours has put it there, as it stands.</summary>
    public static string[] Lines(string arguments)
    {
        if (Read(arguments) is not { } value)
        {
            return [Escaped.Of(arguments)];
        }

        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, Indented))
        {
            value.WriteTo(writer);
        }

        return [.. Encoding.UTF8.GetString(text.WrittenSpan).Split('\n').Select(Line)];
    }

    /// <summary>The spaces before it are ours, for no text of JSON begins with one.</summary>
    private static string Line(string line)
    {
        string text = line.TrimStart(' ');
        return string.Concat(line.AsSpan(0, line.Length - text.Length), Escaped.Of(text));
    }

    /// <summary>Writes them as a value; a text that is no JSON as a text.</summary>
    public static void Write(Utf8JsonWriter writer, string arguments)
    {
        if (Read(arguments) is { } value)
        {
            value.WriteTo(writer);
        }
        else
        {
            writer.WriteStringValue(arguments);
        }
    }

    private static JsonElement? Read(string arguments)
    {
        try
        {
            var value = JsonElement.Parse(arguments);

            // Half a surrogate pair is found when it is written.
            _ = JsonLine.Of(value.WriteTo);
            return value;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
