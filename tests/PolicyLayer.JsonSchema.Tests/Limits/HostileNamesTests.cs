using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace PolicyLayer.Schemas.Tests.Limits;

/// <summary>Schemas whose texts were chosen so that a table of them is slow.</summary>
public sealed class HostileNamesTests
{
    private const int Count = 40_000;

    // Of a hash that is known anybody can make texts that share one bucket: each item was then compared with all of them.
    [Fact(Timeout = 60_000)]
    public Task Texts_that_shared_one_bucket_are_told_apart() => Task.Run(() =>
    {
        string[] texts = [.. OfOneBucket().Take(Count)];
        string one = JsonSerializer.Serialize(texts[^1]);
        string references = string.Join(',', Enumerable.Repeat("""{ "items": { "$ref": "#/$defs/text" } }""", 20));
        JsonSchema schema = JsonSchema.Compile($$"""{ "allOf": [{{references}}], "$defs": { "text": { "enum": {{JsonSerializer.Serialize(texts)}} } } }""");
        using JsonDocument document = JsonDocument.Parse($"[{string.Join(',', Enumerable.Repeat(one, 90_000))}]");

        Assert.True(schema.IsValid(document.RootElement));
    }, TestContext.Current.CancellationToken);

    /// <summary>Texts of eight letters, by a hash that multiplied them with the golden ratio and took bits from the middle.</summary>
    private static IEnumerable<string> OfOneBucket()
    {
        const ulong inverse = 0xF1DE83E19937733D;
        Assert.Equal(1ul, unchecked(0x9E3779B97F4A7C15 * inverse));
        byte[] bytes = new byte[sizeof(ulong)];
        for (ulong i = 0; i < 1ul << 45; i++)
        {
            ulong hash = (i & uint.MaxValue) | (i >> 32 << 48);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, unchecked(hash * inverse) ^ sizeof(ulong));
            if (Array.TrueForAll(bytes, static one => one is > (byte)' ' and < 0x7F and not ((byte)'"' or (byte)'\\')))
            {
                yield return Encoding.ASCII.GetString(bytes);
            }
        }
    }
}
