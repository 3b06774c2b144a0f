using System.Text.Json;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>A schema object being compiled, as the keywords see it.</summary>
internal sealed class SchemaObject(SchemaCompiler compiler, SchemaLocation location, Dictionary<string, JsonElement> members)
{
    public JsonSchemaDialect Dialect => compiler.Dialect;

    public JsonSchemaOptions Options => compiler.Options;

    /// <summary>The value of a keyword, if the schema has it.</summary>
    public SchemaValue? Find(string keyword) =>
        members.TryGetValue(keyword, out JsonElement value) ? new SchemaValue(compiler, value, location.OfKeyword(keyword)) : null;
}
