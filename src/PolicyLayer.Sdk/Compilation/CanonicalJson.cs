using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using PolicyLayer.Schemas.Values;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>Writes equal values as equal texts: numbers by exact value, members by name, strings by content.</summary>
/// <remarks>Not RFC 8785, as <see cref="Auditing.CanonicalLine"/> is: that rounds numbers to doubles, so two values could have one text. Keys of counters and fingerprints of approvals that are stored have this form.</remarks>
internal static class CanonicalJson
{
    public static string Of(in PathValue value)
    {
        var text = new StringBuilder();
        if (value.Text is { } given)
        {
            Append(text, given);
        }
        else
        {
            Append(text, value.Element);
        }

        return text.ToString();
    }

    /// <summary>The arguments of a call, however they are held.</summary>
    public static string Of(in ToolArguments arguments)
    {
        var text = new StringBuilder();
        if (arguments.Members is { } members)
        {
            Append(text, members.Select(static member => (member.Key, member.Value)));
        }
        else
        {
            Append(text, arguments.ObjectElement);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<(string Name, JsonElement Value)> members)
    {
        text.Append('{');
        foreach ((string name, JsonElement value) in members.OrderBy(static member => member.Name, StringComparer.Ordinal))
        {
            Append(text, name);
            text.Append(':');
            Append(text, value);
            text.Append(',');
        }

        text.Append('}');
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Append(text, value.EnumerateObject().Select(static member => (member.Name, member.Value)));
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (JsonElement element in value.EnumerateArray())
                {
                    Append(text, element);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                Append(text, value.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(ExactNumber.Normalize(JsonMarshal.GetRawUtf8Value(value)));
                break;
            default:
                text.Append(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value)));
                break;
        }
    }

    private static void Append(StringBuilder text, string content) => text.Append('"').Append(content.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
}
