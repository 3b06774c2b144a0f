using System.Text.Json;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Keywords;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>Turns a schema into what is run. Goes on after an error, so that all of them are found in one pass.</summary>
internal sealed class SchemaCompiler
{
    private readonly JsonSchemaOptions _options;
    private readonly SchemaErrors _errors;
    private readonly SchemaPatterns _patterns;
    private readonly SchemaRegistry _registry;
    private readonly List<SchemaNode> _nodes = [];

    // References do not recurse: how deep this goes is bounded by how deep schemas lie in each other.
    private readonly Queue<SchemaPosition> _waiting = new();
    private int _subschemas;
    private bool _usesDynamicAnchors;

    private SchemaCompiler(JsonSchemaOptions options, SchemaErrors errors, SchemaPatterns patterns)
    {
        _options = options;
        _errors = errors;
        _patterns = patterns;
        _registry = new SchemaRegistry(options, errors);
    }

    public ReferenceResolver Resolver => field ??= new ReferenceResolver(_registry, _registry.Indexer, _options);

    /// <summary>Whether there are any; without, nothing can go in circles.</summary>
    public bool UsesReferences { get; set; }

    /// <returns>Null when there are errors.</returns>
    public static CompiledSchema? Compile(JsonElement schema, JsonSchemaOptions options, SchemaErrors errors, SchemaPatterns patterns) =>
        new SchemaCompiler(options, errors, patterns).Compile(schema);

    public JsonSchemaOptions Options => _options;

    public SchemaPatterns Patterns => _patterns;

    public void Error(SchemaLocation location, string message) => _errors.Add(location, message);

    /// <summary>Compiles a schema that lies in a resource, or begins another one in it.</summary>
    public SchemaNode Compile(JsonElement schema, SchemaLocation location, SchemaResource around)
    {
        SchemaPosition? position = around.Document.Find(schema);
        if (position is { IsTaken: true })
        {
            return position.Node;
        }

        position ??= new SchemaPosition(schema, location, around);
        position.IsTaken = true;
        if (!around.Document.IsBuiltIn && ++_subschemas > _options.MaxSubschemas)
        {
            if (_subschemas == _options.MaxSubschemas + 1)
            {
                Error(location, $"the schema has more than {_options.MaxSubschemas} subschemas");
            }

            return position.Node;
        }

        _nodes.Add(position.Node);
        switch (schema.ValueKind)
        {
            case JsonValueKind.True:
                break;
            case JsonValueKind.False:
                position.Node.Complete(new FalseSchema(location));
                break;
            case JsonValueKind.Object when !_errors.IsFull:
                position.Node.Complete(CompileObject(position));
                break;
            case JsonValueKind.Object:
                break;
            default:
                Error(location, $"a schema must be an object, `true` or `false`, not {JsonTypes.Describe(schema.ValueKind)}");
                break;
        }

        return position.Node;
    }

    public SchemaNode NodeOf(SchemaPosition position)
    {
        if (!position.IsTaken)
        {
            _waiting.Enqueue(position);
        }

        return position.Node;
    }

    public DynamicAnchor UseDynamicAnchor(string name)
    {
        _usesDynamicAnchors = true;
        return _registry.DynamicAnchorOf(name);
    }

    private CompiledSchema? Compile(JsonElement schema)
    {
        if (_registry.ReadMain(schema) is not SchemaPosition root)
        {
            return null;
        }

        SchemaNode node = Compile(root.Element, root.Location, root.Resource);
        CompileWaiting();
        BindDynamicAnchors();
        if (UsesReferences && !_errors.Any)
        {
            new InPlaceCheck(_errors).Check(_nodes);
        }

        return _errors.Any ? null : new CompiledSchema(node, _usesDynamicAnchors ? _registry.DynamicNames : 0);
    }

    private void CompileWaiting()
    {
        while (_waiting.TryDequeue(out SchemaPosition? position))
        {
            _ = Compile(position.Element, position.Location, position.Resource);
        }
    }

    private void BindDynamicAnchors()
    {
        // A target that is compiled may bring further documents, and these further anchors.
        for (int bound = 0; _usesDynamicAnchors && !_errors.Any && bound < _registry.DynamicPositions.Count; bound++)
        {
            (DynamicAnchor anchor, SchemaPosition position) = _registry.DynamicPositions[bound];
            position.Resource.Scope.Add(anchor.Number, NodeOf(position));
            CompileWaiting();
        }
    }

    private Keyword[] CompileObject(SchemaPosition position)
    {
        SchemaResource resource = position.Resource;
        var members = new Dictionary<string, JsonElement>();
        bool hidesSiblings = resource.Catalog.HidesSiblings(position.Element);
        foreach (JsonProperty member in position.Element.EnumerateObject())
        {
            string? fault = _errors.IsFull
                ? null
                : resource.Catalog.FindFault(member.Name, member.Value, position.IsResourceRoot, _options.AllowUnknownKeywords);
            if (fault is not null)
            {
                Error(position.Location.OfKeyword(member.Name), fault);
            }

            if (!resource.Catalog.Judges(member.Name))
            {
                continue;
            }

            if (!hidesSiblings || member.Name is "$ref" or "definitions")
            {
                members.Add(member.Name, member.Value);
            }
            else if (!_options.IgnoreRefSiblings && !resource.Document.IsBuiltIn)
            {
                Error(position.Location.OfKeyword(member.Name), $"`{member.Name}` next to `$ref` is ignored in draft 7; write both into `allOf`");
            }
        }

        var source = new SchemaObject(resource.ScopeFor(this), position.Location, members);
        var keywords = new List<Keyword>();
        Predicate<string> isThere = members.ContainsKey;
        foreach (KeywordDefinition definition in KeywordCatalog.Definitions)
        {
            if (Array.Exists(definition.Names, isThere) && definition.Read(source) is Keyword keyword)
            {
                keywords.Add(keyword);
            }
        }

        return [.. keywords];
    }
}
