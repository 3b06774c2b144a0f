using System.Text.Json;

namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>Looks for the id of a message that cannot be read as a whole, so that whoever waits for it can be told.</summary>
internal static class HeadId
{
    /// <summary>The id that stands first among the members of the message; null when none is found before what cannot be read.</summary>
    /// <param name="head">The beginning of the message.</param>
    public static MessageId? Find(ReadOnlySpan<byte> head)
    {
        var reader = new Utf8JsonReader(head, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = 1000 }));
        try
        {
            while (reader.Read())
            {
                if (reader is { CurrentDepth: 1, TokenType: JsonTokenType.PropertyName } && reader.ValueTextEquals("id"u8))
                {
                    return JsonElement.TryParseValue(ref reader, out JsonElement? id) ? MessageId.Of(id.Value) : null;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What comes next is no JSON.
        }

        return null;
    }
}
