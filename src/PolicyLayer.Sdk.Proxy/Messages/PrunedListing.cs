using System.Buffers;
using System.Text.Json;
using PolicyLayer.Sdk.Mcp.Clients;

namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>An answer to <c>tools/list</c> without the tools that are not shown; every other byte stays as it came.</summary>
internal static class PrunedListing
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    /// <summary>The line without some tools; null where it is not certain which tools it lists.</summary>
    /// <param name="line">The line, which was read as an answer with a result.</param>
    /// <param name="isShown">Says of each tool whether it stays.</param>
    public static ReadOnlyMemory<byte>? Of(ReadOnlyMemory<byte> line, Func<JsonElement, bool> isShown)
    {
        if (!StrictLine.TryRead(line.Span, out JsonElement message, out _, allowTwins: false, isLine: false)
            || !message.TryGetProperty("result", out JsonElement result)
            || DecidingMembers.Find(result, "tools").ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        Utf8JsonReader reader = AtTools(line.Span);
        var pruned = new ArrayBufferWriter<byte>(line.Length);
        pruned.Write(line.Span[..(int)reader.BytesConsumed]);
        bool isFirst = true;
        int shown = 0;
        int all = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            all++;
            int start = (int)reader.TokenStartIndex;
            JsonElement tool = JsonElement.ParseValue(ref reader);
            if (!isShown(tool))
            {
                continue;
            }

            shown++;
            if (!isFirst)
            {
                pruned.Write(","u8);
            }

            isFirst = false;
            pruned.Write(line.Span[start..(int)reader.BytesConsumed]);
        }

        if (shown == all)
        {
            return line;
        }

        pruned.Write(line.Span[(int)reader.TokenStartIndex..]);
        return pruned.WrittenMemory;
    }

    /// <summary>A reader that stands on the bracket where the tools begin.</summary>
    private static Utf8JsonReader AtTools(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, Options);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            bool isInside = reader.ValueTextEquals(reader.CurrentDepth == 1 ? "result"u8 : "tools"u8);
            reader.Read();
            if (!isInside)
            {
                reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.StartArray)
            {
                return reader;
            }
        }

        throw new InvalidOperationException("the listing has no tools");
    }
}
