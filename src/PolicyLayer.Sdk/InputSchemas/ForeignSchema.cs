using System.Collections.Frozen;
using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Formats;
using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>Takes out of a schema what its author meant as a remark, and the validator would refuse: formats that it does not know, words of OpenAPI and older drafts that look like slips, and descriptions in another form than they should have.</summary>
internal static class ForeignSchema
{
    /// <summary>Not judged: the SDK's own schemas write it for times without an offset, which the format demands.</summary>
    private const string LooseFormat = "time";

    /// <summary>Words that are no keywords, yet so near to one that the validator takes them for slips.</summary>
    private static readonly FrozenSet<string> Remarks = FrozenSet.Create(StringComparer.Ordinal, "example", "id", "in");

    /// <summary>The schema without those remarks.</summary>
    /// <param name="schema">The schema.</param>
    /// <exception cref="JsonException">It is more than 64 levels deep.</exception>
    /// <exception cref="InvalidOperationException">A text in it holds half of a surrogate pair, or it is far too deep.</exception>
    public static JsonElement Plain(JsonElement schema) => WrittenJson.Of(writer => Copy(schema, writer));

    private static void Copy(JsonElement schema, Utf8JsonWriter writer)
    {
        switch (schema.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty keyword in schema.EnumerateObject().Where(static keyword => !IsRemark(keyword)))
                {
                    CopyKeyword(keyword, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in schema.EnumerateArray())
                {
                    Copy(item, writer);
                }

                writer.WriteEndArray();
                break;
            default:
                schema.WriteTo(writer);
                break;
        }
    }

    private static void CopyKeyword(JsonProperty keyword, Utf8JsonWriter writer)
    {
        if (!SubschemaKeywords.TryGet(keyword.Name, keyword.Value.ValueKind, out SubschemaShape shape))
        {
            keyword.WriteTo(writer);
            return;
        }

        writer.WritePropertyName(keyword.Name);
        if (shape != SubschemaShape.Map)
        {
            Copy(keyword.Value, writer);
            return;
        }

        writer.WriteStartObject();
        foreach (JsonProperty member in keyword.Value.EnumerateObject())
        {
            writer.WritePropertyName(member.Name);
            Copy(member.Value, writer);
        }

        writer.WriteEndObject();
    }

    private static bool IsRemark(JsonProperty keyword) =>
        Remarks.Contains(keyword.Name)
        || (Annotations.TryCheck(keyword.Name, keyword.Value, out string? fault) && fault is not null)
        || (keyword.NameEquals("format"u8) && keyword.Value.ValueKind == JsonValueKind.String && (keyword.Value.ValueEquals(LooseFormat) || FormatCatalog.Find(keyword.Value.GetString()!) is null));
}
