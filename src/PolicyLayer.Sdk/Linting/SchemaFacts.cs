using System.Text.Json;
using PolicyLayer.Schemas;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Linting.Demands;

namespace PolicyLayer.Sdk.Linting;

/// <summary>What a JSON Schema of arguments says for certain of the value at a path. All keywords beside each other hold, so each may be taken alone; what it does not follow, it says nothing of.</summary>
internal static class SchemaFacts
{
    /// <param name="schema">A schema of arguments, perhaps a broken one.</param>
    /// <param name="path">A path of an argument.</param>
    /// <param name="isAbsent">Whether there is never a value.</param>
    /// <returns>What is known of a value that is there; null when nothing is.</returns>
    public static KnownValue? Find(JsonElement schema, ValuePath path, out bool isAbsent)
    {
        isAbsent = false;
        for (int i = 0; i < path.Segments.Length; i++)
        {
            PathSegment segment = path.Segments[i];
            if (segment.IsEvery || !IsReadable(schema))
            {
                return null;
            }

            // Arguments are an object; below, a list has members that are numbers.
            ValueTypes types = i == 0 ? ValueTypes.Object : TypesOf(schema);
            isAbsent = (types & (ValueTypes.Object | ValueTypes.List)) == ValueTypes.None;
            if (isAbsent || (types.HasFlag(ValueTypes.List) && char.IsAsciiDigit(segment.Name.FirstOrDefault())))
            {
                return null;
            }

            if (!TryStep(ref schema, segment.Name))
            {
                return null;
            }

            isAbsent = schema.ValueKind == JsonValueKind.False;
        }

        return isAbsent || !IsReadable(schema) ? null : ValueOf(schema);
    }

    /// <summary>Whether a schema of arguments may accept a value at a path; false where it does not, or nobody can tell.</summary>
    public static bool MayAccept(JsonElement schema, ValuePath path, JsonElement value)
    {
        foreach (PathSegment segment in path.Segments)
        {
            if (segment.IsEvery || schema.ValueKind != JsonValueKind.Object || !TryStep(ref schema, segment.Name))
            {
                return schema.ValueKind != JsonValueKind.False;
            }
        }

        return JsonSchema.TryCompile(schema, null, out JsonSchema? member, out _) && member.IsValid(value);
    }

    /// <summary>Whether what a schema of arguments accepts always has a value at a path.</summary>
    public static bool Requires(JsonElement schema, ValuePath path)
    {
        for (int i = 0; i < path.Segments.Length; i++)
        {
            PathSegment segment = path.Segments[i];
            bool isObject = schema.ValueKind == JsonValueKind.Object && (i == 0 || Types(schema).All(static word => word == "object"));
            if (!isObject || segment.IsEvery || !IsListed(schema, segment.Name) || (i < path.Segments.Length - 1 && !TryStep(ref schema, segment.Name)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsListed(JsonElement schema, string name) =>
        Find(schema, "required") is { ValueKind: JsonValueKind.Array } required && required.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals(name));

    /// <summary>Goes to the schema of a member; false where it is not known.</summary>
    private static bool TryStep(ref JsonElement schema, string name)
    {
        if (Find(schema, "properties") is { ValueKind: JsonValueKind.Object } properties && properties.TryGetProperty(name, out JsonElement member))
        {
            schema = member;
            return true;
        }

        // Patterns may declare it, and what they declare is no other member.
        if (Find(schema, "patternProperties") is null && Find(schema, "additionalProperties") is { } others)
        {
            schema = others;
            return true;
        }

        return false;
    }

    private static KnownValue? ValueOf(JsonElement schema)
    {
        if (Find(schema, "const") is { } only)
        {
            return OneOf([only]);
        }

        if (Find(schema, "enum") is { ValueKind: JsonValueKind.Array } list)
        {
            return OneOf([.. list.EnumerateArray()]);
        }

        ValueTypes types = TypesOf(schema);
        if (types == ValueTypes.Number)
        {
            return NumberOf(schema);
        }

        return types == ValueTypes.All ? null : new KnownValue(types, null, types == ValueTypes.None ? "`null`" : types.Describe());
    }

    private static KnownValue NumberOf(JsonElement schema)
    {
        bool isWhole = !Types(schema).Contains("number");
        Bound? least = Number(schema, "exclusiveMinimum", false) ?? Number(schema, "minimum", true);
        Bound? most = Number(schema, "exclusiveMaximum", false) ?? Number(schema, "maximum", true);
        IEnumerable<string> bounds = [.. Words(least, "at least", "above"), .. Words(most, "at most", "below")];
        return new KnownValue(ValueTypes.Number, null, string.Join(' ', [isWhole ? "a whole number" : ValueTypes.Number.Describe(), string.Join(", ", bounds)]).TrimEnd(), isWhole, least, most);

        static IEnumerable<string> Words(Bound? bound, string inclusive, string exclusive) => bound is { } one ? [$"{(one.Inclusive ? inclusive : exclusive)} {one.Number}"] : [];
    }

    /// <summary>One bound of perhaps two, which both hold.</summary>
    private static Bound? Number(JsonElement schema, string keyword, bool inclusive) =>
        Find(schema, keyword) is { ValueKind: JsonValueKind.Number } number ? new Bound(number.GetRawText(), inclusive) : null;

    private static KnownValue OneOf(JsonElement[] values)
    {
        const int shown = 5;
        ValueTypes types = values.Aggregate(ValueTypes.None, static (types, one) => types | ValueTypesExtensions.Of(one.ValueKind));
        string words = string.Join(", ", values.Take(shown).Select(static one => one.GetRawText() is { Length: <= 40 } text ? text : Describe(one)));
        return new KnownValue(types, values, (values.Length == 1 ? string.Empty : "one of ") + words + (values.Length > shown ? ", …" : string.Empty));

        static string Describe(JsonElement one) => ValueTypesExtensions.Of(one.ValueKind).Describe();
    }

    private static ValueTypes TypesOf(JsonElement schema) =>
        Find(schema, "type") is null ? ValueTypes.All : Types(schema).Aggregate(ValueTypes.None, static (types, word) => types | ValueTypesExtensions.OfSchema(word));

    private static IEnumerable<string?> Types(JsonElement schema) => Find(schema, "type") switch
    {
        { ValueKind: JsonValueKind.String } word => [word.GetString()],
        { ValueKind: JsonValueKind.Array } words => words.EnumerateArray().Select(static word => word.ValueKind == JsonValueKind.String ? word.GetString() : null),
        _ => [null],
    };

    /// <summary>Beside a <c>$ref</c> draft 7 reads nothing else.</summary>
    private static bool IsReadable(JsonElement schema) => schema.ValueKind == JsonValueKind.Object && Find(schema, "$ref") is null;

    private static JsonElement? Find(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out JsonElement found) ? found : null;
}
