using System.Text.Json;
using PolicyLayer.Schemas.Evaluation;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>The compiler, as seen from inside a resource.</summary>
internal sealed class SchemaScope(SchemaCompiler compiler, SchemaResource resource)
{
    public JsonSchemaDialect Dialect => resource.Catalog.Dialect;

    public Vocabularies Vocabularies => resource.Catalog.Vocabularies;

    public JsonSchemaOptions Options => compiler.Options;

    public SchemaPatterns Patterns => compiler.Patterns;

    public void Error(SchemaLocation location, string message) => compiler.Error(location, message);

    public SchemaNode Compile(JsonElement schema, SchemaLocation location) => compiler.Compile(schema, location, resource);

    /// <summary>The schema that a reference points to; null when there is none, which was reported.</summary>
    public SchemaPosition? Resolve(SchemaValue reference)
    {
        if (reference.Kind != JsonValueKind.String)
        {
            reference.MustBe("a URI reference");
            return null;
        }

        compiler.UsesReferences = true;
        SchemaPosition? position = compiler.Resolver.Resolve(reference.Element.GetString()!, resource, out string? problem);
        if (problem is not null)
        {
            reference.Error(problem);
        }

        return position;
    }

    /// <summary>The compiled schema at a place; its keywords may come later.</summary>
    public SchemaNode NodeOf(SchemaPosition position) => compiler.NodeOf(position);

    /// <summary>The dynamic anchor of a name.</summary>
    public DynamicAnchor DynamicAnchorOf(string name) => compiler.UseDynamicAnchor(name);
}
