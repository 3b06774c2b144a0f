using System.Text.Json;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>Finds out which dialect a schema is written in.</summary>
internal static class Dialects
{
    private const string Uri202012 = "https://json-schema.org/draft/2020-12/schema";
    private const string Uri7 = "http://json-schema.org/draft-07/schema";

    public static string NameOf(JsonSchemaDialect dialect) => dialect == JsonSchemaDialect.Draft7 ? "draft 7" : "2020-12";

    /// <returns>False when the schema names a dialect that is not known; it was reported.</returns>
    public static bool TryDetermine(JsonElement schema, JsonSchemaOptions options, SchemaErrors errors, out JsonSchemaDialect dialect)
    {
        dialect = options.Dialect;
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("$schema"u8, out JsonElement named))
        {
            return true;
        }

        SchemaLocation location = SchemaLocation.Root.OfKeyword("$schema");
        if (named.ValueKind != JsonValueKind.String)
        {
            errors.Add(location, $"`$schema` must be a string, not {JsonTypes.Describe(named.ValueKind)}");
            return false;
        }

        string uri = named.GetString()!;
        switch (uri.EndsWith('#') ? uri[..^1] : uri)
        {
            case Uri202012:
                dialect = JsonSchemaDialect.Draft202012;
                return true;
            case Uri7:
                dialect = JsonSchemaDialect.Draft7;
                return true;
            default:
                errors.Add(location, $"{Quoted.InBackticks(uri)} is not a known dialect; known: `{Uri202012}`, `{Uri7}`");
                return false;
        }
    }
}
