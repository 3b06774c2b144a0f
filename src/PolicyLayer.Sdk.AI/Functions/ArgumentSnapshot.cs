using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace PolicyLayer.Sdk.AI.Functions;

/// <summary>The arguments of one call as JSON, taken once: what is judged, and what the function is given.</summary>
/// <remarks>
/// A function's binder reads objects, nodes and texts each in a way of its own: it takes a text for JSON where it expects a number or an object.
/// Given elements alone it has one way to read them, and it reads what the policy has seen.
/// </remarks>
internal readonly struct ArgumentSnapshot
{
    /// <summary>The text is read here again, and by nobody else: it need not be fit for a web page.</summary>
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonElement _element;

    private ArgumentSnapshot(JsonElement element)
    {
        _element = element;
        Arguments = element;
    }

    private ArgumentSnapshot(ToolArguments malformed) => Arguments = malformed;

    /// <summary>What to judge. Arguments that are no strict JSON are malformed, and denied as such.</summary>
    public ToolArguments Arguments { get; }

    public static ArgumentSnapshot Of(AIFunctionArguments arguments, JsonSerializerOptions options)
    {
        var text = new ArrayBufferWriter<byte>();
        try
        {
            Write(text, arguments, options);
            return new ArgumentSnapshot(JsonElement.Parse(text.WrittenSpan));
        }
        catch (Exception)
        {
            // Whatever cannot be written, or read again, was never one JSON object: no value, a cycle, not a number, too deep, disposed.
            return new ArgumentSnapshot(ToolArguments.FromUtf8(default));
        }
    }

    /// <summary>What the function is given: the judged values under their exact names, and what the host has put beside them.</summary>
    public AIFunctionArguments ToRun(AIFunctionArguments given)
    {
        var arguments = new AIFunctionArguments(StringComparer.Ordinal) { Services = given.Services, Context = given.Context };
        foreach (JsonProperty member in _element.EnumerateObject())
        {
            arguments.Add(member.Name, member.Value);
        }

        return arguments;
    }

    private static void Write(ArrayBufferWriter<byte> text, AIFunctionArguments arguments, JsonSerializerOptions options)
    {
        using var writer = new Utf8JsonWriter(text, Relaxed);
        writer.WriteStartObject();
        foreach ((string name, object? value) in arguments)
        {
            writer.WritePropertyName(name);
            switch (value)
            {
                case null:
                    writer.WriteNullValue();
                    break;
                case JsonElement element:
                    element.WriteTo(writer);
                    break;
                case JsonDocument document:
                    document.RootElement.WriteTo(writer);
                    break;
                case JsonNode node:
                    node.WriteTo(writer);
                    break;
                default:
                    JsonSerializer.Serialize(writer, value, options.GetTypeInfo(value.GetType()));
                    break;
            }
        }

        writer.WriteEndObject();
    }
}
