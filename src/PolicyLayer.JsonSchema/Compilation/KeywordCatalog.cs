using System.Collections.Frozen;
using System.Text.Json;
using PolicyLayer.Schemas.Keywords;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>The keywords of a dialect: which are judged, which only describe.</summary>
internal sealed class KeywordCatalog
{
    /// <summary>What names begin with that no dialect will ever have: notes of whoever writes the schema.</summary>
    private const string Extension = "x-";

    private static readonly string[] Only202012 =
    [
        "prefixItems", "dependentRequired", "dependentSchemas", "minContains", "maxContains", "unevaluatedItems", "unevaluatedProperties",
        "$anchor", "$dynamicAnchor", "$dynamicRef", "$defs", "$vocabulary", "contentSchema",
    ];

    private static readonly string[] Only7 = ["additionalItems"];

    /// <summary>What says where a schema is, or what it is written in; read by <see cref="SchemaIndexer"/> and <see cref="Dialects"/>.</summary>
    private static readonly string[] Identifiers = ["$schema", "$id", "$anchor", "$dynamicAnchor", "$vocabulary"];

    /// <summary>Names of the other dialect that could be overlooked without harm, where unknown keywords may be.</summary>
    private static readonly string[] Harmless = ["$defs", "$vocabulary", "contentSchema"];

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
        new(DependentRequired.ReadDependencies, "dependencies"),
        new(DependentSchemas.Read, "dependentSchemas"),
        new(DependentSchemas.ReadDependencies, "dependencies"),
        new(ItemsKeyword.Read, "prefixItems", "items", "additionalItems"),
        new(Contains.Read, "contains", "minContains", "maxContains"),
        new(UniqueItems.Read, "uniqueItems"),
        new(Reference.Read, "$ref"),
        new(DynamicReference.Read, "$dynamicRef"),
        new(AllOf.Read, "allOf"),
        new(AnyOf.Read, "anyOf"),
        new(OneOf.Read, "oneOf"),
        new(Not.Read, "not"),
        new(Conditional.Read, "if", "then", "else"),
        .. HeldSchemas.Definitions,

        // Last, because they judge what the others have left.
        new(UnevaluatedMembers.Read, "unevaluatedProperties"),
        new(UnevaluatedItems.Read, "unevaluatedItems"),
    ];

    private static readonly FrozenSet<string> EveryName =
        All.SelectMany(definition => definition.Names).Concat(Annotations.Names).Concat(Identifiers).ToFrozenSet();

    private static readonly KeywordCatalog Standard202012 = new(JsonSchemaDialect.Draft202012, Vocabularies.Standard);
    private static readonly KeywordCatalog Standard7 = new(JsonSchemaDialect.Draft7, Vocabularies.Standard);

    private readonly FrozenSet<string> _absent;
    private readonly FrozenSet<string> _judged;

    private KeywordCatalog(JsonSchemaDialect dialect, Vocabularies vocabularies)
    {
        Dialect = dialect;
        Vocabularies = vocabularies;
        _absent = (dialect == JsonSchemaDialect.Draft7 ? Only202012 : Only7).ToFrozenSet();
        _judged = All.SelectMany(definition => definition.Names).Where(IsPresent).ToFrozenSet();
    }

    public JsonSchemaDialect Dialect { get; }

    public Vocabularies Vocabularies { get; }

    public static IReadOnlyList<KeywordDefinition> Definitions => All;

    public static KeywordCatalog Of(JsonSchemaDialect dialect, Vocabularies vocabularies = Vocabularies.Standard) => (dialect, vocabularies) switch
    {
        (JsonSchemaDialect.Draft7, _) => Standard7,
        (_, Vocabularies.Standard) => Standard202012,
        _ => new KeywordCatalog(dialect, vocabularies),
    };

    /// <summary>Whether a keyword is read by its <see cref="KeywordDefinition"/>.</summary>
    public bool Judges(string keyword) => _judged.Contains(keyword);

    /// <summary>Whether a schema's other keywords do not count, because it has <c>$ref</c> (draft 7 core, section 8.3).</summary>
    public bool HidesSiblings(JsonElement schema) => Dialect == JsonSchemaDialect.Draft7 && schema.TryGetProperty("$ref"u8, out _);

    /// <summary>What is wrong with a keyword being in a schema at all; null when nothing is, and its value is read elsewhere.</summary>
    public string? FindFault(string keyword, JsonElement value, bool isResourceRoot, bool allowsUnknown)
    {
        if (_judged.Contains(keyword) || keyword.StartsWith(Extension, StringComparison.Ordinal))
        {
            return null;
        }

        if (Annotations.TryCheck(keyword, value, out string? fault))
        {
            return fault;
        }

        if (IsPresent(keyword) && Identifiers.Contains(keyword))
        {
            return keyword == "$schema" && !isResourceRoot && !(allowsUnknown && Vocabularies == Vocabularies.Standard && Dialects.IsPlainly(Dialect, value)) ? "`$schema` may only stand at the root of the schema, or beside `$id`" : null;
        }

        string name = Quoted.InBackticks(keyword);
        if (_absent.Contains(keyword))
        {
            return allowsUnknown && Harmless.Contains(keyword) ? null : $"{name} is not a keyword of {Dialects.NameOf(Dialect)}, but of another dialect";
        }

        if (EveryName.Contains(keyword))
        {
            return allowsUnknown
                ? null
                : $"{name} is of the vocabulary `{VocabularyNames.UriOf(VocabularyNames.Of(keyword))}`, which the metaschema in `$schema` does not use";
        }

        return allowsUnknown && NearestName.Find(keyword, EveryName) is null
            ? null
            : $"{name} is not a keyword of {Dialects.NameOf(Dialect)}{NearestName.Hint(keyword, EveryName)}";
    }

    private bool IsPresent(string keyword) => !_absent.Contains(keyword) && EveryName.Contains(keyword) && (VocabularyNames.Of(keyword) & Vocabularies) != Vocabularies.None;
}
