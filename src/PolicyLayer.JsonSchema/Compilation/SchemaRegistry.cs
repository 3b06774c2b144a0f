using System.Runtime.InteropServices;
using System.Text.Json;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Metaschemas;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>The documents that take part in a compilation, and the resources in them by URI. A document is read when something first points to it.</summary>
internal sealed class SchemaRegistry
{
    private readonly JsonSchemaOptions _options;
    private readonly SchemaErrors _errors;
    private readonly SchemaScan _scan;
    private readonly SchemaIndexer _indexer;
    private readonly Dictionary<string, SchemaResource?> _resources = new(StringComparer.Ordinal);
    private Dictionary<string, DynamicAnchor>? _dynamicAnchors;

    public SchemaRegistry(JsonSchemaOptions options, SchemaErrors errors)
    {
        _options = options;
        _errors = errors;
        _scan = new SchemaScan(options, errors);
        _indexer = new SchemaIndexer(this, options, errors);
        Dialects = new Dialects(this, errors);
        DefaultCatalog = KeywordCatalog.Of(options.Dialect);
    }

    public Dialects Dialects { get; }

    public SchemaIndexer Indexer => _indexer;

    /// <summary>The dialect of a document that does not name one: that of the schema that is compiled.</summary>
    public KeywordCatalog DefaultCatalog { get; private set; }

    public int DynamicNames => _dynamicAnchors?.Count ?? 0;

    /// <summary>Every place with a dynamic anchor, in the order in which they were found; grows while documents are read.</summary>
    public List<(DynamicAnchor Anchor, SchemaPosition Position)> DynamicPositions => field ??= [];

    /// <summary>Reads the schema that is to be compiled.</summary>
    /// <returns>Null when nothing can be made of it; why was reported.</returns>
    public SchemaPosition? ReadMain(JsonElement schema)
    {
        if (!_scan.Check(schema, SchemaLocation.Root) || !Dialects.TryDetermine(schema, SchemaLocation.Root, DefaultCatalog, out KeywordCatalog catalog))
        {
            return null;
        }

        DefaultCatalog = KeywordCatalog.Of(catalog.Dialect);
        return _indexer.Index(new SchemaDocument("", schema, SchemaLocation.Root, isBuiltIn: false), catalog).Root;
    }

    /// <summary>The resource with a URI; null when none was given, or it cannot be read, which was reported.</summary>
    /// <param name="uri">Resolved, without fragment.</param>
    /// <param name="isKnown">Whether there is such a resource at all.</param>
    public SchemaResource? Find(string uri, out bool isKnown)
    {
        isKnown = true;
        if (_resources.TryGetValue(uri, out SchemaResource? resource))
        {
            return resource;
        }

        if (!TryGetText(uri, out JsonElement schema, out bool isBuiltIn))
        {
            isKnown = false;
            return null;
        }

        // Noted before it is read: it may name itself.
        _resources[uri] = null;
        SchemaLocation location = SchemaLocation.RootOf(uri);
        if ((!isBuiltIn && !_scan.Check(schema, location)) || !Dialects.TryDetermine(schema, location, DefaultCatalog, out KeywordCatalog catalog))
        {
            return null;
        }

        resource = _indexer.Index(new SchemaDocument(uri, schema, location, isBuiltIn), catalog);
        _resources[uri] = resource;
        return resource;
    }

    /// <summary>The text of a metaschema, which is not taken apart; false when none was given, or it is broken, which was reported.</summary>
    public bool TryGetMetaschema(string uri, out JsonElement schema) =>
        TryGetText(uri, out schema, out bool isBuiltIn) && (isBuiltIn || _scan.Check(schema, SchemaLocation.RootOf(uri)));

    public void Add(SchemaResource resource, SchemaLocation location)
    {
        string shown = Quoted.InBackticks(resource.Uri);
        if (_resources.TryGetValue(resource.Uri, out SchemaResource? known) && known is not null)
        {
            _errors.Add(location, $"{shown} is the identifier of two schemas");
            return;
        }

        _resources[resource.Uri] = resource;

        // The same text may come both ways: a host compiles each of the documents that it gives.
        if (resource.Uri != resource.Document.Uri && resource.Uri.Length > 0 && _options.Resources.TryGetValue(resource.Uri, out JsonElement given)
            && !JsonMarshal.GetRawUtf8Value(given).SequenceEqual(JsonMarshal.GetRawUtf8Value(resource.Root!.Element)))
        {
            _errors.Add(location, $"{shown} is the identifier of another schema among the resources, too");
        }
    }

    public DynamicAnchor DynamicAnchorOf(string name) => _dynamicAnchors![name];

    public void AddDynamicAnchor(string name, SchemaPosition position)
    {
        _dynamicAnchors ??= new Dictionary<string, DynamicAnchor>(StringComparer.Ordinal);
        if (!_dynamicAnchors.TryGetValue(name, out DynamicAnchor? anchor))
        {
            anchor = new DynamicAnchor(_dynamicAnchors.Count);
            _dynamicAnchors.Add(name, anchor);
            if (anchor.Number == DynamicScope.MaxNames)
            {
                _errors.Add(position.Location.OfKeyword("$dynamicAnchor"), $"there are more than {DynamicScope.MaxNames} different names of dynamic anchors");
            }
        }

        position.DynamicAnchor = name;
        anchor.Positions.Add(position);
        DynamicPositions.Add((anchor, position));
    }

    private bool TryGetText(string uri, out JsonElement schema, out bool isBuiltIn)
    {
        isBuiltIn = BuiltInSchemas.TryFind(uri, out schema);
        return isBuiltIn || _options.Resources.TryGetValue(uri, out schema);
    }
}
