using System.Collections.Frozen;
using System.Text.Json;
using PolicyLayer.Schemas.Keywords;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>The keywords of a dialect: which are judged, which only describe, which are refused until they can be enforced.</summary>
internal sealed class KeywordCatalog
{
    private static readonly string[] Only202012 = ["prefixItems", "dependentRequired", "dependentSchemas"];

    private static readonly string[] Later202012 =
    [
        "$id", "$anchor", "$ref", "$defs", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "contains", "minContains",
        "maxContains", "unevaluatedItems", "unevaluatedProperties", "contentEncoding", "contentMediaType", "contentSchema", "definitions", "dependencies",
    ];

    private static readonly string[] Later7 =
    [
        "$id", "$ref", "definitions", "dependencies", "additionalItems", "contains", "contentEncoding", "contentMediaType",
    ];

    // Cheap and telling ones first: a failure ends the judging.
    private static readonly KeywordDefinition[] All =
    [
        new(TypeKeyword.Read, "type"),
        new(ConstKeyword.Read, "const"),
        new(EnumKeyword.Read, "enum"),
        .. NumberLimit.Definitions,
        new(MultipleOf.Read, "multipleOf"),
        .. TextLength.Definitions,
        new(PatternKeyword.Read, "pattern"),
        new(FormatKeyword.Read, "format"),
        .. ItemCount.Definitions,
        .. MemberCount.Definitions,
        new(MembersKeyword.Read, "properties", "patternProperties", "required", "additionalProperties"),
        new(PropertyNames.Read, "propertyNames"),
        new(DependentRequired.Read, "dependentRequired"),
        new(DependentSchemas.Read, "dependentSchemas"),
        new(ItemsKeyword.Read, "prefixItems", "items"),
        new(UniqueItems.Read, "uniqueItems"),
        new(AllOf.Read, "allOf"),
        new(AnyOf.Read, "anyOf"),
        new(OneOf.Read, "oneOf"),
        new(Not.Read, "not"),
        new(Conditional.Read, "if", "then", "else"),
    ];

    private static readonly FrozenSet<string> EveryName =
        All.SelectMany(definition => definition.Names).Concat(Annotations.Names).Concat(Later202012).Concat(Later7).Append("$schema").ToFrozenSet();

    private static readonly KeywordCatalog Catalog202012 = new(JsonSchemaDialect.Draft202012, [], Later202012);
    private static readonly KeywordCatalog Catalog7 = new(JsonSchemaDialect.Draft7, Only202012, Later7);

    private readonly FrozenSet<string> _judged;
    private readonly FrozenSet<string> _later;

    private KeywordCatalog(JsonSchemaDialect dialect, string[] absent, string[] later)
    {
        Dialect = dialect;
        Definitions = [.. All.Where(definition => !absent.Contains(definition.Names[0]) || definition.Names.Length > 1)];
        _judged = All.SelectMany(definition => definition.Names).Except(absent).ToFrozenSet();
        _later = later.ToFrozenSet();
    }

    public JsonSchemaDialect Dialect { get; }

    public IReadOnlyList<KeywordDefinition> Definitions { get; }

    public static KeywordCatalog Of(JsonSchemaDialect dialect) => dialect == JsonSchemaDialect.Draft7 ? Catalog7 : Catalog202012;

    /// <summary>What is wrong with a keyword being in a schema at all; null when nothing is, and its value is read elsewhere.</summary>
    public string? FindFault(string keyword, JsonElement value, bool isRoot)
    {
        string name = Quoted.InBackticks(keyword);
        if (_judged.Contains(keyword))
        {
            return null;
        }

        if (Annotations.TryCheck(keyword, value, out string? fault))
        {
            return fault;
        }

        if (keyword == "$schema")
        {
            return isRoot ? null : "`$schema` may only stand at the root of the schema";
        }

        if (_later.Contains(keyword))
        {
            return $"{name} is not supported yet";
        }

        return EveryName.Contains(keyword)
            ? $"{name} is not a keyword of {Dialects.NameOf(Dialect)}, but of another dialect"
            : $"{name} is not a keyword of {Dialects.NameOf(Dialect)}{NearestName.Hint(keyword, EveryName)}";
    }
}
