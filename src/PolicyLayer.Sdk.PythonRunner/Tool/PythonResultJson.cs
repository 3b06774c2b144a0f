using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PolicyLayer.Sdk.Python.Tool;

/// <summary>Writes a result as the tool and the command line show it.</summary>
internal static class PythonResultJson
{
    // A model reads this, no browser does: quotes and angle brackets of a traceback stay what they are.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement Write(PythonResult result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("stdout"u8, result.Stdout);
            json.WriteString("stderr"u8, result.Stderr);
            json.WriteNumber("returncode"u8, result.ReturnCode);
            json.WriteNumber("execution_time_ms"u8, (long)Math.Round(result.ExecutionTime.TotalMilliseconds));
            json.WriteString("outcome"u8, Names.Of(result.Outcome));
            json.WriteBoolean("stdout_truncated"u8, result.StdoutTruncated);
            json.WriteBoolean("stderr_truncated"u8, result.StderrTruncated);
            json.WriteStartObject("isolation"u8);
            json.WriteString("level"u8, Names.Of(result.Isolation.Level));
            Write(json, "layers", result.Isolation.Layers);
            Write(json, "missing", result.Isolation.Missing);
            json.WriteEndObject();
            if (result.Error is not null)
            {
                json.WriteString("error"u8, result.Error);
            }

            if (result.RetryAfter is { } retry)
            {
                json.WriteNumber("retry_after_ms"u8, (long)Math.Ceiling(retry.TotalMilliseconds));
            }

            json.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
