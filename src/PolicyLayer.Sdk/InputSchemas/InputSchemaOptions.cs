using System.Text.Json;
using PolicyLayer.Schemas;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>How tools' own schemas are compiled. Their authors wrote them for other validators, so what JSON Schema does not know judges nothing.</summary>
internal static class InputSchemaOptions
{
    /// <summary>How large the patterns of a schema may be together, in positions, whatever its size: enough for five that count to a thousand.</summary>
    private const int AlwaysPositions = 10_000;

    /// <summary>How many positions more for each byte of the schema: a member of a type that may have up to a thousand characters of a set takes no more.</summary>
    private const int PositionsOfByte = 32;

    /// <summary>How a schema is compiled.</summary>
    public static JsonSchemaOptions For(JsonElement schema) => new()
    {
        AllowUnknownKeywords = true,
        MaxErrors = 4,
        MaxPatternSize = SchemaShare.Of(schema, AlwaysPositions, PositionsOfByte, JsonSchemaOptions.DefaultMaxPatternSize),
    };
}
