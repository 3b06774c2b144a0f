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
    private readonly KeywordCatalog _catalog;
    private int _subschemas;

    private SchemaCompiler(JsonSchemaOptions options, SchemaErrors errors, SchemaPatterns patterns, KeywordCatalog catalog)
    {
        _options = options;
        _errors = errors;
        _patterns = patterns;
        _catalog = catalog;
    }

    /// <returns>Null when there are errors.</returns>
    public static SchemaNode? Compile(JsonElement schema, JsonSchemaOptions options, SchemaErrors errors, SchemaPatterns patterns)
    {
        if (schema.ValueKind == JsonValueKind.Undefined)
        {
            errors.Add(SchemaLocation.Root, "the schema is missing: the element is undefined");
            return null;
        }

        new SchemaScan(options, errors).Check(schema);
        if (errors.Any || !Dialects.TryDetermine(schema, options, errors, out JsonSchemaDialect dialect))
        {
            return null;
        }

        SchemaNode root = new SchemaCompiler(options, errors, patterns, KeywordCatalog.Of(dialect)).Compile(schema, SchemaLocation.Root);
        return errors.Any ? null : root;
    }

    public JsonSchemaDialect Dialect => _catalog.Dialect;

    public JsonSchemaOptions Options => _options;

    public SchemaPatterns Patterns => _patterns;

    public void Error(SchemaLocation location, string message) => _errors.Add(location, message);

    public SchemaNode Compile(JsonElement schema, SchemaLocation location)
    {
        if (++_subschemas > _options.MaxSubschemas)
        {
            if (_subschemas == _options.MaxSubschemas + 1)
            {
                Error(location, $"the schema has more than {_options.MaxSubschemas} subschemas");
            }

            return new SchemaNode();
        }

        switch (schema.ValueKind)
        {
            case JsonValueKind.True:
                return new SchemaNode();
            case JsonValueKind.False:
                return new SchemaNode(new FalseSchema(location));
            case JsonValueKind.Object when !_errors.IsFull:
                return CompileObject(schema, location);
            case JsonValueKind.Object:
                return new SchemaNode();
            default:
                Error(location, $"a schema must be an object, `true` or `false`, not {JsonTypes.Describe(schema.ValueKind)}");
                return new SchemaNode();
        }
    }

    private SchemaNode CompileObject(JsonElement schema, SchemaLocation location)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (JsonProperty member in schema.EnumerateObject())
        {
            members.Add(member.Name, member.Value);
            if (!_errors.IsFull && _catalog.FindFault(member.Name, member.Value, isRoot: location == SchemaLocation.Root) is string fault)
            {
                Error(location.OfKeyword(member.Name), fault);
            }
        }

        var source = new SchemaObject(this, location, members);
        var keywords = new List<Keyword>();
        Predicate<string> isThere = members.ContainsKey;
        foreach (KeywordDefinition definition in _catalog.Definitions)
        {
            if (Array.Exists(definition.Names, isThere) && definition.Read(source) is Keyword keyword)
            {
                keywords.Add(keyword);
            }
        }

        return new SchemaNode([.. keywords]);
    }
}
