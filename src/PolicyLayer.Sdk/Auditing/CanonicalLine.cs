using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PolicyLayer.Sdk.Auditing;

/// <summary>A line of an audit trail in the one form that is hashed: RFC 8785, for lines, whose only numbers are whole ones.</summary>
internal static class CanonicalLine
{
    /// <summary>The member that is not hashed.</summary>
    public const string Hash = "hash";

    /// <summary>The text of a line without its hash.</summary>
    /// <exception cref="InvalidOperationException">A text in it is of no encoding.</exception>
    public static string Of(JsonElement line)
    {
        var text = new StringBuilder();
        AppendMembers(text, line.EnumerateObject().Where(static member => member.Name != Hash));
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendMembers(text, value.EnumerateObject());
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Separate(text, '[');
                    Append(text, item);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                Append(text, value.GetString()!);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendMembers(StringBuilder text, IEnumerable<JsonProperty> members)
    {
        text.Append('{');
        foreach (JsonProperty member in members.OrderBy(static member => member.Name, StringComparer.Ordinal))
        {
            Separate(text, '{');
            Append(text, member.Name);
            text.Append(':');
            Append(text, member.Value);
        }

        text.Append('}');
    }

    private static void Separate(StringBuilder text, char opening)
    {
        if (text[^1] != opening)
        {
            text.Append(',');
        }
    }

    private static void Append(StringBuilder text, string content)
    {
        text.Append('"');
        foreach (char c in content)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
