using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>The id of a JSON-RPC request that every peer reads alike: a text, or a whole number that a double holds.</summary>
/// <param name="Text">The text, or the digits.</param>
/// <param name="IsNumber">Whether it is a number.</param>
internal readonly record struct MessageId(string Text, bool IsNumber)
{
    private const int LongestText = 1024;
    private const long LargestNumber = (1L << 53) - 1;

    /// <summary>The id that a value is; null where it is none, or one that a peer might write in another way.</summary>
    /// <exception cref="InvalidOperationException">The text holds half of a surrogate pair.</exception>
    public static MessageId? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() is { Length: <= LongestText } text => new MessageId(text, IsNumber: false),
        JsonValueKind.Number when value.TryGetInt64(out long number) && Math.Abs(number) <= LargestNumber && number.ToString(CultureInfo.InvariantCulture) is var digits && IsPlain(value, digits) =>
            new MessageId(digits, IsNumber: true),
        _ => null,
    };

    public void WriteTo(Utf8JsonWriter writer)
    {
        if (IsNumber)
        {
            writer.WriteRawValue(Text);
        }
        else
        {
            writer.WriteStringValue(Text);
        }
    }

    /// <summary>Whether it is written as a number is that nobody would change: <c>1.0</c> comes back as <c>1</c> from many a server.</summary>
    private static bool IsPlain(JsonElement value, string digits) =>
        Ascii.Equals(JsonMarshal.GetRawUtf8Value(value), digits);
}
