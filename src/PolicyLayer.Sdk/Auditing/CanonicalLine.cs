using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PolicyLayer.Sdk.Auditing;

/// <summary>A line of an audit trail in the one form that is hashed: RFC 8785, for lines, whose only numbers are whole ones.</summary>
/// <remarks>Not <see cref="Compilation.CanonicalJson"/>: trails that exist are checked by this form, and by others than us, and a number must stay as it is written for a change to show.</remarks>
internal static class CanonicalLine
{
    /// <summary>The member that is not hashed.</summary>
    public const string Hash = "hash";

    /// <summary>More than a line has.</summary>
    private const int MostMembers = 32;

    /// <summary>The text of a line without its hash.</summary>
    /// <exception cref="InvalidOperationException">A text in it is of no encoding.</exception>
    public static string Of(JsonElement line)
    {
        var text = new StringBuilder();
        AppendMembers(text, line.EnumerateObject().Where(static member => member.Name != Hash));
        return text.ToString();
    }

    /// <summary>Writes the same of a line as it was written here, which needs no more than its members in order.</summary>
    /// <param name="line">A line without white space, whose members are all different and have names of ASCII.</param>
    /// <param name="into">Receives the text.</param>
    /// <returns>False, and nothing is written, where it has escapes, or more members than a line has.</returns>
    public static bool TryWrite(ReadOnlySpan<byte> line, IBufferWriter<byte> into)
    {
        Span<Range> members = stackalloc Range[MostMembers];
        if (line.Contains((byte)'\\') || !TrySort(line, members, out int count))
        {
            return false;
        }

        into.Write("{"u8);
        for (int i = 0; i < count; i++)
        {
            into.Write(i == 0 ? default : ","u8);
            into.Write(line[members[i]]);
        }

        into.Write("}"u8);
        return true;
    }

    /// <summary>Finds the members but the hash, and sorts them by their names: a quotation mark is before all that they are made of.</summary>
    private static bool TrySort(ReadOnlySpan<byte> line, Span<Range> members, out int count)
    {
        count = 0;
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (count == members.Length)
            {
                return false;
            }

            bool isHash = reader.ValueTextEquals(Hash);
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!isHash)
            {
                Insert(line, members[..count], members, start..(int)reader.BytesConsumed);
                count++;
            }
        }

        return true;
    }

    private static void Insert(ReadOnlySpan<byte> line, ReadOnlySpan<Range> sorted, Span<Range> room, Range member)
    {
        int place = sorted.Length;
        while (place > 0 && line[sorted[place - 1]].SequenceCompareTo(line[member]) > 0)
        {
            room[place] = room[place - 1];
            place--;
        }

        room[place] = member;
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
