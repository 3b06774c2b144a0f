using System.Text.Json;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting.Demands;

/// <summary>The types that operators tell apart. True and false are one; null is none, for it counts as absent.</summary>
[Flags]
internal enum ValueTypes
{
    None = 0,
    Boolean = 1,
    Number = 2,
    Text = 4,
    List = 8,
    Object = 16,
    All = Boolean | Number | Text | List | Object,
}

/// <summary>Reads and names sets of types.</summary>
internal static class ValueTypesExtensions
{
    private static readonly (ValueTypes Type, string Words)[] Words =
    [
        (ValueTypes.Boolean, "true or false"),
        (ValueTypes.Number, Kinds.WithArticle(JsonValueKind.Number)),
        (ValueTypes.Text, Kinds.WithArticle(JsonValueKind.String)),
        (ValueTypes.List, Kinds.WithArticle(JsonValueKind.Array)),
        (ValueTypes.Object, Kinds.WithArticle(JsonValueKind.Object)),
    ];

    public static ValueTypes Of(JsonValueKind kind) => kind switch
    {
        JsonValueKind.True or JsonValueKind.False => ValueTypes.Boolean,
        JsonValueKind.Number => ValueTypes.Number,
        JsonValueKind.String => ValueTypes.Text,
        JsonValueKind.Array => ValueTypes.List,
        JsonValueKind.Object => ValueTypes.Object,
        _ => ValueTypes.None,
    };

    /// <summary>As the word of a JSON Schema; what is no such word allows everything.</summary>
    public static ValueTypes OfSchema(string? word) => word switch
    {
        "boolean" => ValueTypes.Boolean,
        "number" or "integer" => ValueTypes.Number,
        "string" => ValueTypes.Text,
        "array" => ValueTypes.List,
        "object" => ValueTypes.Object,
        "null" => ValueTypes.None,
        _ => ValueTypes.All,
    };

    /// <summary>In words: <c>a string or a number</c>.</summary>
    public static string Describe(this ValueTypes types) =>
        string.Join(" or ", Words.Where(one => types.HasFlag(one.Type)).Select(static one => one.Words));
}
