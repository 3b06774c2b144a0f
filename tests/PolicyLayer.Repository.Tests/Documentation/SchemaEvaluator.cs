using System.Text.Json;
using System.Text.RegularExpressions;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>As much of JSON Schema as the schema of the policy document uses; a keyword that it does not know is an error.</summary>
internal sealed class SchemaEvaluator(JsonElement root)
{
    private static readonly string[] Silent = ["$schema", "$defs", "title", "description"];

    public bool IsValid(JsonElement value) => IsValid(root, value);

    private bool IsValid(JsonElement schema, JsonElement value) =>
        schema.ValueKind != JsonValueKind.Object ? schema.ValueKind == JsonValueKind.True : schema.EnumerateObject().All(keyword => Holds(keyword, schema, value));

    private bool Holds(JsonProperty keyword, JsonElement schema, JsonElement value)
    {
        JsonElement says = keyword.Value;
        return keyword.Name switch
        {
            "$ref" => IsValid(root.GetProperty("$defs").GetProperty(says.GetString()!["#/$defs/".Length..]), value),
            "type" => says.ValueKind == JsonValueKind.Array ? says.EnumerateArray().Any(type => Is(type.GetString()!, value)) : Is(says.GetString()!, value),
            "const" => JsonElement.DeepEquals(says, value),
            "enum" => says.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)),
            "anyOf" => says.EnumerateArray().Any(one => IsValid(one, value)),
            "required" => value.ValueKind != JsonValueKind.Object || says.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
            "properties" => value.ValueKind != JsonValueKind.Object || says.EnumerateObject().All(member => !value.TryGetProperty(member.Name, out JsonElement found) || IsValid(member.Value, found)),
            "additionalProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Where(member => !IsDeclared(schema, member.Name)).All(member => IsValid(says, member.Value)),
            "patternProperties" => true,
            "propertyNames" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(member => IsValid(says, JsonSerializer.SerializeToElement(member.Name))),
            "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(one => IsValid(says, one)),
            "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= says.GetInt32(),
            "minLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= says.GetInt32(),
            "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= says.GetDecimal(),
            "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= says.GetDecimal(),
            "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, says.GetString()!, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)),
            _ => Silent.Contains(keyword.Name) ? true : throw new NotSupportedException(keyword.Name),
        };
    }

    private static bool IsDeclared(JsonElement schema, string name) =>
        schema.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(name, out _)
        || schema.TryGetProperty("patternProperties", out _) && name.StartsWith("x-", StringComparison.Ordinal);

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number) && decimal.Truncate(number) == number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => throw new NotSupportedException(type),
    };
}
