using System.Text.Json;
using PolicyLayer.Sdk.Mcp.Clients;

namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>Reads of a message that is nested too deep to be taken apart who waits for its answer: of all that is below its own members nothing is kept.</summary>
internal static class DeepMessage
{
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>The id of a request; null where the text is no JSON object, or its id is not certain.</summary>
    /// <param name="text">A whole message, of which nothing else is odd than how deep it is.</param>
    public static MessageId? FindId(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, AnyDepth);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? FindId(ref reader) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // It is no JSON, or has half of a surrogate pair where that matters.
            return null;
        }
    }

    private static MessageId? FindId(ref Utf8JsonReader reader)
    {
        MessageId? id = null;
        (int ids, bool asks) = (0, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            ids += LooseName.Equals(name, "id") ? 1 : 0;
            asks |= LooseName.Equals(name, "method");
            reader.Read();
            if (name == "id" && reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
            {
                id = MessageId.Of(JsonElement.ParseValue(ref reader));
            }

            reader.Skip();
        }

        // What comes behind the object makes the text none.
        return !reader.Read() && ids == 1 && asks ? id : null;
    }
}
