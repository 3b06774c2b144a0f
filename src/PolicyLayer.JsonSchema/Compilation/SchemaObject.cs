using System.Text.Json;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>A schema object being compiled, as the keywords see it: only those that count here.</summary>
internal sealed class SchemaObject(SchemaScope scope, SchemaLocation location, Dictionary<string, JsonElement> members)
{
    public JsonSchemaDialect Dialect => scope.Dialect;

    /// <summary>The vocabularies in use; all but that of asserted formats, unless a metaschema says otherwise.</summary>
    public Vocabularies Vocabularies => scope.Vocabularies;

    public JsonSchemaOptions Options => scope.Options;

    /// <summary>The value of a keyword, if the schema has it.</summary>
    public SchemaValue? Find(string keyword) =>
        members.TryGetValue(keyword, out JsonElement value) ? new SchemaValue(scope, value, location.OfKeyword(keyword)) : null;
}
