using System.Text.Json;
using PolicyLayer.Schemas.Metaschemas;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>Finds out which dialect a schema is written in.</summary>
internal sealed class Dialects(SchemaRegistry registry, SchemaErrors errors)
{
    /// <summary>How many metaschemas may be written in each other's dialects.</summary>
    private const int MaxMetaschemas = 8;

    private Dictionary<string, KeywordCatalog?>? _others;

    public static string NameOf(JsonSchemaDialect dialect) => dialect == JsonSchemaDialect.Draft7 ? "draft 7" : "2020-12";

    /// <summary>Whether a <c>$schema</c> names a dialect by its own URI.</summary>
    public static bool IsPlainly(JsonSchemaDialect dialect, JsonElement named) =>
        named.ValueKind == JsonValueKind.String && UriOf(named.GetString()!) == (dialect == JsonSchemaDialect.Draft7 ? BuiltInSchemas.Uri7 : BuiltInSchemas.Uri202012);

    /// <returns>False when the schema names a dialect that is not known; it was reported.</returns>
    public bool TryDetermine(JsonElement schema, SchemaLocation location, KeywordCatalog inherited, out KeywordCatalog catalog)
    {
        catalog = inherited;
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("$schema"u8, out JsonElement named))
        {
            return true;
        }

        SchemaLocation place = location.OfKeyword("$schema");
        if (named.ValueKind != JsonValueKind.String)
        {
            errors.Add(place, $"`$schema` must be a string, not {JsonTypes.Describe(named.ValueKind)}");
            return false;
        }

        KeywordCatalog? found = Find(named.GetString()!, place, MaxMetaschemas);
        catalog = found ?? inherited;
        return found is not null;
    }

    private static string UriOf(string written) => written.EndsWith('#') ? written[..^1] : written;

    private KeywordCatalog? Find(string written, SchemaLocation place, int more)
    {
        string uri = UriOf(written);
        switch (uri)
        {
            case BuiltInSchemas.Uri202012:
                return KeywordCatalog.Of(JsonSchemaDialect.Draft202012);
            case BuiltInSchemas.Uri7:
                return KeywordCatalog.Of(JsonSchemaDialect.Draft7);
        }

        _others ??= new Dictionary<string, KeywordCatalog?>(StringComparer.Ordinal);
        if (!_others.TryGetValue(uri, out KeywordCatalog? catalog))
        {
            catalog = Read(uri, written, place, more);
            _others[uri] = catalog;
        }

        return catalog;
    }

    private KeywordCatalog? Read(string uri, string written, SchemaLocation place, int more)
    {
        if (!registry.TryGetMetaschema(uri, out JsonElement metaschema) || metaschema.ValueKind != JsonValueKind.Object || more == 0)
        {
            errors.Add(place, $"{Quoted.InBackticks(written)} is not a known dialect; known: `{BuiltInSchemas.Uri202012}`, `{BuiltInSchemas.Uri7}`, and metaschemas among the resources of the options");
            return null;
        }

        if (metaschema.TryGetProperty("$vocabulary"u8, out JsonElement vocabularies))
        {
            return ReadVocabularies(uri, vocabularies, place);
        }

        // A metaschema that says nothing of vocabularies has those of the dialect that it is written in.
        string? named = metaschema.TryGetProperty("$schema"u8, out JsonElement dialect) && dialect.ValueKind == JsonValueKind.String ? dialect.GetString() : null;
        if (named is null)
        {
            errors.Add(place, $"{Quoted.InBackticks(uri)} names neither vocabularies nor a dialect, so what its keywords mean is not known");
            return null;
        }

        return Find(named, place, more - 1);
    }

    private KeywordCatalog? ReadVocabularies(string uri, JsonElement vocabularies, SchemaLocation place)
    {
        if (vocabularies.ValueKind != JsonValueKind.Object || vocabularies.EnumerateObject().Any(member => member.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)))
        {
            errors.Add(place, $"`$vocabulary` in {Quoted.InBackticks(uri)} must be an object of booleans");
            return null;
        }

        Vocabularies used = Vocabularies.Core;
        foreach (JsonProperty member in vocabularies.EnumerateObject())
        {
            if (VocabularyNames.TryFind(member.Name, out Vocabularies vocabulary))
            {
                used |= vocabulary;
            }
            else if (member.Value.ValueKind == JsonValueKind.True)
            {
                errors.Add(place, $"{Quoted.InBackticks(uri)} requires the vocabulary {Quoted.InBackticks(member.Name)}, which is not known");
                return null;
            }
        }

        return KeywordCatalog.Of(JsonSchemaDialect.Draft202012, used);
    }
}
