using PolicyLayer.Schemas.Evaluation;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>A schema with a URI of its own: a document, or a part of one that has <c>$id</c> (2020-12 core, section 4.3.5).</summary>
internal sealed class SchemaResource(SchemaDocument document, string uri, KeywordCatalog catalog)
{
    private SchemaScope? _view;

    public SchemaDocument Document { get; } = document;

    /// <summary>The base of the references in it; without fragment.</summary>
    public string Uri { get; } = uri;

    /// <summary>The keywords it is written with; a resource may be of another dialect than the one around it.</summary>
    public KeywordCatalog Catalog { get; } = catalog;

    public SchemaPosition? Root { get; set; }

    /// <summary>The targets of fragments that are names.</summary>
    public Dictionary<string, SchemaPosition> Anchors => field ??= [];

    public DynamicScope Scope { get; } = new();

    public SchemaScope ScopeFor(SchemaCompiler compiler) => _view ??= new SchemaScope(compiler, this);
}
