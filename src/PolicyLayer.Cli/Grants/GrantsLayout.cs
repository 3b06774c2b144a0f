using System.Text;
using System.Text.Json;

namespace PolicyLayer.Cli.Grants;

/// <summary>Where the parts of a file of grants stand, in bytes.</summary>
/// <param name="Start">Behind the bracket that opens the list.</param>
/// <param name="End">Before the bracket that closes it.</param>
/// <param name="Entries">The grants, in the order of the file.</param>
internal sealed record GrantsLayout(int Start, int End, IReadOnlyList<GrantsLayout.Entry> Entries)
{
    /// <param name="utf8">A text that the reader of the proxy takes.</param>
    public static GrantsLayout Of(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        while (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Read();
        }

        int start = (int)reader.BytesConsumed;
        var entries = new List<Entry>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            entries.Add(ReadEntry(ref reader, utf8));
        }

        return new GrantsLayout(start, (int)reader.TokenStartIndex, entries);
    }

    private static Entry ReadEntry(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        int start = (int)reader.TokenStartIndex;
        string? lead = null;
        var members = new Dictionary<string, (int Start, int End)>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            lead ??= Encoding.UTF8.GetString(utf8[(start + 1)..(int)reader.TokenStartIndex]);
            string name = reader.GetString()!;
            reader.Read();
            int from = (int)reader.TokenStartIndex;
            reader.Skip();
            members[name] = (from, (int)reader.BytesConsumed);
        }

        return new Entry(start, (int)reader.BytesConsumed, lead ?? string.Empty, members);
    }

    /// <summary>A grant.</summary>
    /// <param name="Start">Its opening brace.</param>
    /// <param name="End">Behind its closing brace.</param>
    /// <param name="Lead">The white space before its first member.</param>
    /// <param name="Members">Where the value of each member begins and ends.</param>
    internal sealed record Entry(int Start, int End, string Lead, IReadOnlyDictionary<string, (int Start, int End)> Members);
}
