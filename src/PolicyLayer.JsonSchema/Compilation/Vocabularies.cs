using System.Collections.Frozen;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>The vocabularies of 2020-12, of which a metaschema says which are in use.</summary>
[Flags]
internal enum Vocabularies
{
    None = 0,
    Core = 1,
    Applicator = 2,
    Unevaluated = 4,
    Validation = 8,
    MetaData = 16,
    FormatAnnotation = 32,
    FormatAssertion = 64,
    Content = 128,

    /// <summary>Those of the dialect's own metaschema.</summary>
    Standard = Core | Applicator | Unevaluated | Validation | MetaData | FormatAnnotation | Content,
}

/// <summary>Which vocabulary has which name and which keywords (2020-12 core, section 8.1.2, and validation).</summary>
internal static class VocabularyNames
{
    public const string Prefix = "https://json-schema.org/draft/2020-12/vocab/";

    private static readonly FrozenDictionary<string, Vocabularies> ByName = new Dictionary<string, Vocabularies>
    {
        ["core"] = Vocabularies.Core,
        ["applicator"] = Vocabularies.Applicator,
        ["unevaluated"] = Vocabularies.Unevaluated,
        ["validation"] = Vocabularies.Validation,
        ["meta-data"] = Vocabularies.MetaData,
        ["format-annotation"] = Vocabularies.FormatAnnotation,
        ["format-assertion"] = Vocabularies.FormatAssertion,
        ["content"] = Vocabularies.Content,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Vocabularies> ByKeyword = Group(
        (Vocabularies.Applicator,
            "prefixItems items contains additionalProperties properties patternProperties dependentSchemas propertyNames if then else allOf anyOf oneOf not dependencies"),
        (Vocabularies.Unevaluated, "unevaluatedItems unevaluatedProperties"),
        (Vocabularies.Validation,
            "type const enum multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems maxContains minContains "
            + "maxProperties minProperties required dependentRequired"),
        (Vocabularies.MetaData, "title description default deprecated readOnly writeOnly examples"),
        (Vocabularies.FormatAnnotation | Vocabularies.FormatAssertion, "format"),
        (Vocabularies.Content, "contentEncoding contentMediaType contentSchema"));

    public static bool TryFind(string uri, out Vocabularies vocabulary)
    {
        vocabulary = Vocabularies.None;
        return uri.StartsWith(Prefix, StringComparison.Ordinal) && ByName.TryGetValue(uri[Prefix.Length..], out vocabulary);
    }

    /// <summary>The vocabulary that a keyword needs; one of them, where several come back.</summary>
    public static Vocabularies Of(string keyword) => ByKeyword.GetValueOrDefault(keyword, Vocabularies.Core);

    public static string UriOf(Vocabularies vocabulary) => Prefix + ByName.First(pair => vocabulary.HasFlag(pair.Value)).Key;

    private static FrozenDictionary<string, Vocabularies> Group(params (Vocabularies Vocabulary, string Keywords)[] groups) =>
        groups.SelectMany(group => group.Keywords.Split(' ').Select(keyword => (keyword, group.Vocabulary))).ToFrozenDictionary(pair => pair.keyword, pair => pair.Vocabulary);
}
