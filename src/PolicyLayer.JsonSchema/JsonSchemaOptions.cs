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

    /// <summary>The dialect of a schema that has no <c>$schema</c>. A <c>$schema</c> always wins. The default is 2020-12.</summary>
    public JsonSchemaDialect Dialect { get; init; }

    /// <summary>
    /// Whether <c>format</c> only describes, with whatever name. The default is false: the formats of the package's README are judged, and any other name is an error.
    /// </summary>
    public bool FormatsAsAnnotations { get; init; }

    /// <summary>The largest schema, in bytes of UTF-8.</summary>
    public int MaxSize { get; init => field = Positive(value); } = DefaultMaxSize;

    /// <summary>How many objects and arrays may lie inside each other in a schema, from 1 to <see cref="GreatestMaxDepth"/>.</summary>
    public int MaxDepth { get; init => field = AtMost(Positive(value), GreatestMaxDepth); } = DefaultMaxDepth;

    /// <summary>The largest number of schemas in a schema, itself included.</summary>
    public int MaxSubschemas { get; init => field = Positive(value); } = DefaultMaxSubschemas;

    /// <summary>
    /// How large all patterns of a schema (<c>pattern</c> and the names in <c>patternProperties</c>) may be together, in positions: about their characters, once
    /// repetitions such as <c>{70}</c> are written out, a set of many ranges such as <c>\p{L}</c> counting as about 80. The same pattern counts once.
    /// It bounds what a compiled schema takes in memory: at most about 4 KiB for each position.
    /// </summary>
    public int MaxPatternSize { get; init => field = Positive(value); } = DefaultMaxPatternSize;

    /// <summary>The largest number of errors that are listed, both for a schema and for an instance; what lies beyond is still judged but not listed.</summary>
    public int MaxErrors { get; init => field = Positive(value); } = DefaultMaxErrors;

    internal static JsonSchemaOptions Default { get; } = new();

    private static int Positive(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }

    private static int AtMost(int value, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, limit);
        return value;
    }
}
