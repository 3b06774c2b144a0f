using System.Text.Json;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>What a schema that the validator has compiled is written in.</summary>
internal static class SchemaDialect
{
    /// <summary>Whether it is draft 7.</summary>
    /// <param name="schema">An object, or anything else.</param>
    /// <param name="otherwise">What holds where it does not say.</param>
    public static bool IsDraft7(JsonElement schema, bool otherwise) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$schema"u8, out JsonElement dialect) && dialect.ValueKind == JsonValueKind.String
            ? dialect.GetString()!.Contains("draft-07", StringComparison.Ordinal)
            : otherwise;
}
