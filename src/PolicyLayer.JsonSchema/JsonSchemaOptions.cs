using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace PolicyLayer.Schemas;

/// <summary>How schemas are compiled, and the bounds that keep a hostile schema from costing more than an error.</summary>
/// <remarks>Immutable, so one instance may be shared by all threads. A value out of its range throws <see cref="ArgumentOutOfRangeException"/> when set.</remarks>
public sealed class JsonSchemaOptions
{
    /// <summary>The default of <see cref="MaxSize"/>: 1 MiB.</summary>
    public const int DefaultMaxSize = 1024 * 1024;

    /// <summary>The default of <see cref="MaxDepth"/>.</summary>
    public const int DefaultMaxDepth = 64;

    /// <summary>The default of <see cref="MaxSubschemas"/>.</summary>
    public const int DefaultMaxSubschemas = 10_000;

    /// <summary>The default of <see cref="MaxErrors"/>.</summary>
    public const int DefaultMaxErrors = 256;

    /// <summary>The default of <see cref="MaxPatternSize"/>.</summary>
    public const int DefaultMaxPatternSize = 100_000;

    /// <summary>The largest value that <see cref="MaxDepth"/> takes: validation recurses as deep as the schema, and the stack has to hold that.</summary>
    public const int GreatestMaxDepth = 256;

    /// <summary>How many names one <c>required</c>, <c>dependentRequired</c> or <c>dependentSchemas</c>, or one object in <c>const</c> or <c>enum</c>, may have. Fixed: it bounds the stack that a validation takes.</summary>
    public const int MaxRequiredNames = 1024;

    /// <summary>The default of <see cref="MaxSteps"/>.</summary>
    public const int DefaultMaxSteps = 10_000_000;

    /// <summary>The dialect of a schema that has no <c>$schema</c>. A <c>$schema</c> always wins. The default is 2020-12.</summary>
    public JsonSchemaDialect Dialect { get; init; }

    /// <summary>
    /// The schemas that a <c>$ref</c> may point to, and the metaschemas that <c>$schema</c> may name, by the absolute URI under which they are looked for, without fragment.
    /// Nothing else is looked at, and nothing is ever fetched. The metaschemas of the two dialects are there anyway. The elements must stay alive until the compilation ends.
    /// </summary>
    /// <remarks>
    /// A document is read when something first points to it, and counts for the bounds from then on; its <c>$id</c>s are known from then on, too.
    /// One without <c>$schema</c> is of the dialect of the schema that is compiled.
    /// </remarks>
    /// <exception cref="ArgumentException">A URI has a fragment, or an undefined element.</exception>
    public IReadOnlyDictionary<string, JsonElement> Resources { get; init => field = Checked(value); } = FrozenDictionary<string, JsonElement>.Empty;

    /// <summary>
    /// Whether a keyword that the dialect does not know may stand in a schema, where it then says nothing. The default is false: it is an error, unless its name begins with <c>x-</c>.
    /// One that resembles a known keyword, or is one of the other dialect, is an error even so.
    /// </summary>
    /// <remarks>
    /// A keyword of a vocabulary that the metaschema in <c>$schema</c> leaves out counts as unknown. A <c>$schema</c> below the root, where there is no <c>$id</c>, says nothing either
    /// if it names the dialect that holds there; one that names another is an error.
    /// </remarks>
    public bool AllowUnknownKeywords { get; init; }

    /// <summary>
    /// Whether keywords next to <c>$ref</c> are ignored in draft 7, as the dialect has it. The default is false: one that would judge is an error, because whoever wrote it
    /// believes that it holds. In 2020-12 they count like any other.
    /// </summary>
    public bool IgnoreRefSiblings { get; init; }

    /// <summary>
    /// Whether <c>format</c> only describes, with whatever name. The default is false: the formats of the package's README are judged, and any other name is an error.
    /// </summary>
    /// <remarks>A schema whose metaschema lists the vocabulary <c>format-assertion</c> has its formats judged even so.</remarks>
    public bool FormatsAsAnnotations { get; init; }

    /// <summary>The largest schema, in bytes of UTF-8, all documents that it refers to included.</summary>
    public int MaxSize { get; init => field = Positive(value); } = DefaultMaxSize;

    /// <summary>How many objects and arrays may lie inside each other in a schema, or in a document that it refers to, from 1 to <see cref="GreatestMaxDepth"/>.</summary>
    public int MaxDepth { get; init => field = AtMost(Positive(value), GreatestMaxDepth); } = DefaultMaxDepth;

    /// <summary>The largest number of schemas in a schema, itself included, and in what it refers to.</summary>
    public int MaxSubschemas { get; init => field = Positive(value); } = DefaultMaxSubschemas;

    /// <summary>
    /// How large all patterns of a schema (<c>pattern</c> and the names in <c>patternProperties</c>) may be together, in positions: about their characters, once
    /// repetitions such as <c>{70}</c> are written out, a set of many ranges such as <c>\p{L}</c> counting as about 80. The same pattern counts once.
    /// It bounds what a compiled schema takes in memory once its patterns are searched for: at most about 4 KiB for each position. Before, each takes its text.
    /// </summary>
    public int MaxPatternSize { get; init => field = Positive(value); } = DefaultMaxPatternSize;

    /// <summary>The largest number of errors that are listed, both for a schema and for an instance; what lies beyond is still judged but not listed.</summary>
    public int MaxErrors { get; init => field = Positive(value); } = DefaultMaxErrors;

    /// <summary>
    /// How much work one validation may be; an instance that takes more is not valid, and the error says so. A schema applied to a value is a step, and
    /// one more for each of its members or items, or for 16 characters of it. Only references that multiply, and instances of many megabytes, come near the default.
    /// </summary>
    public int MaxSteps { get; init => field = Positive(value); } = DefaultMaxSteps;

    /// <summary>
    /// Whether the errors of an instance say what stood there, cut to 64 characters. The default is false: whoever reads an error, a log say, need not know the value.
    /// Names of members are said either way.
    /// </summary>
    public bool QuoteInstanceValues { get; init; }

    internal static JsonSchemaOptions Default { get; } = new();

    private static FrozenDictionary<string, JsonElement> Checked(IReadOnlyDictionary<string, JsonElement> resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        foreach ((string uri, JsonElement schema) in resources)
        {
            if (uri.Contains('#', StringComparison.Ordinal) || schema.ValueKind == JsonValueKind.Undefined)
            {
                string problem = schema.ValueKind == JsonValueKind.Undefined ? "must have a schema" : "must not have a fragment";
                throw new ArgumentException($"the URI {Text.Quoted.InBackticks(uri)} {problem}", nameof(resources));
            }
        }

        return resources.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static int Positive(int value, [CallerMemberName] string option = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, option);
        return value;
    }

    private static int AtMost(int value, int limit, [CallerMemberName] string option = "")
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, limit, option);
        return value;
    }
}
