using System.Buffers;
using System.Globalization;
using System.Text.Json;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Sdk.NJsonSchema.Loading;

/// <summary>Reads one keyword that NJsonSchema judges, and refuses the forms of it that it does not.</summary>
internal sealed class KeywordReader(SchemaReader reader, Utf8JsonWriter writer, SchemaNode node, JsonElement schema)
{
    private const string Definitions = "#/definitions/";

    private static readonly string[] Types = ["array", "boolean", "integer", "null", "number", "object", "string"];

    private static readonly SearchValues<char> PlainName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>Reads the value and writes it.</summary>
    public void Read(JsonProperty keyword, string place)
    {
        JsonElement value = keyword.Value;
        switch (keyword.Name)
        {
            case "$ref":
                ReadReference(value, place);
                break;
            case "properties" or "definitions":
                ReadMap(keyword, place);
                return;
            case "allOf" or "anyOf" or "oneOf":
                ReadList(value, place, node.Same);
                return;
            case "not":
                node.Same.Add(reader.ReadSchema(value, place));
                return;
            case "items" when value.ValueKind == JsonValueKind.Array:
                ReadList(value, place, node.Children);
                return;
            case "items":
                node.Children.Add(reader.ReadSchema(value, place));
                return;
            case "additionalProperties" or "additionalItems" when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False):
                node.Children.Add(reader.ReadSchema(value, place));
                return;
            case "additionalProperties":
                break;
            case "additionalItems":
                Demand(schema.TryGetProperty("items"u8, out JsonElement items) && items.ValueKind == JsonValueKind.Array, place, "NJsonSchema judges it beside a list of `items` alone");
                break;
            case "type":
                Demand(value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() > 0 && value.EnumerateArray().All(IsType) : IsType(value), place, $"must be one of {string.Join(", ", Types)}, or a list of them");
                break;
            case "required":
                Demand(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(static name => name.ValueKind == JsonValueKind.String), place, "must be a list of names, not empty");
                break;
            case "enum":
                Demand(IsPlainEnum(value), place, "NJsonSchema compares texts, so that 1 equals \"1\": must be a list of texts beside `\"type\": \"string\"`, or of integers beside `\"type\": \"integer\"`");
                break;
            case "maxItems" or "maxProperties":
                Demand(IsCount(value, out int most) && most > 0, place, "must be an integer from 1: NJsonSchema ignores 0");
                break;
            case "minLength" or "maxLength" or "minItems" or "minProperties":
                Demand(IsCount(value, out int count), place, "must be an integer from 0");
                reader.AsksMinLength |= keyword.Name == "minLength" && count > 1;
                break;
            case "multipleOf":
                Demand(ExactNumber.TryRead(value, out decimal divisor) && divisor > 0, place, "must be a number above 0 of at most 28 digits, without an exponent");
                break;
            case "exclusiveMinimum" or "exclusiveMaximum" when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                Demand(schema.TryGetProperty(keyword.NameEquals("exclusiveMinimum"u8) ? "minimum" : "maximum", out _), place, "`true` and `false` need the bound beside them");
                break;
            default:
                Demand(ExactNumber.TryRead(value, out _), place, "must be a number of at most 28 digits, without an exponent");
                break;
        }

        value.WriteTo(writer);
    }

    private static void Demand(bool holds, string place, string problem)
    {
        if (!holds)
        {
            throw new SchemaRefusedException(place, problem);
        }
    }

    private static bool IsType(JsonElement type) => type.ValueKind == JsonValueKind.String && Types.Contains(type.GetString(), StringComparer.Ordinal);

    private static bool IsCount(JsonElement value, out int count)
    {
        count = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out count) && count >= 0;
    }

    private bool IsPlainEnum(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0 || !schema.TryGetProperty("type"u8, out JsonElement type) || type.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        return type.GetString() switch
        {
            "string" => value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String),
            "integer" => value.EnumerateArray().All(static item => ExactNumber.TryRead(item, out _) && item.TryGetInt64(out _)),
            _ => false,
        };
    }

    private void ReadReference(JsonElement value, string place)
    {
        string? reference = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        bool isLocal = reference == "#" || (reference?.StartsWith(Definitions, StringComparison.Ordinal) == true && reference.Length > Definitions.Length && !reference.AsSpan(Definitions.Length).ContainsAnyExcept(PlainName));
        Demand(isLocal, place, "must be `#`, or `#/definitions/` and a name of letters, digits, `_`, `-` and `.`");
        Demand(schema.EnumerateObject().All(static beside => beside.NameEquals("$ref"u8) || beside.NameEquals("definitions"u8) || SchemaReader.IsRemark(beside.Name)), place, "NJsonSchema ignores what stands beside it; put both in `allOf`");
        node.Reference = reference![1..];
    }

    private void ReadMap(JsonProperty keyword, string place)
    {
        Demand(keyword.Value.ValueKind == JsonValueKind.Object, place, "must be an object of schemas");
        writer.WriteStartObject();
        foreach (JsonProperty member in keyword.Value.EnumerateObject())
        {
            string inside = $"{place}/{JsonPointer.Escape(member.Name)}";
            Demand(!member.Name.StartsWith('$'), inside, "names that begin with `$` mean something else to Newtonsoft.Json");
            writer.WritePropertyName(member.Name);
            SchemaNode child = reader.ReadSchema(member.Value, inside);
            if (keyword.NameEquals("properties"u8))
            {
                node.Children.Add(child);
                Demand(!reader.Names.TryGetValue(member.Name, out string? other) || other == member.Name, inside, "another name in this schema differs from it only in upper and lower case");
                reader.Names[member.Name] = member.Name;
            }
        }

        writer.WriteEndObject();
    }

    private void ReadList(JsonElement value, string place, List<SchemaNode> nodes)
    {
        Demand(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0, place, "must be a list of schemas, not empty");
        writer.WriteStartArray();
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            nodes.Add(reader.ReadSchema(item, $"{place}/{(index++).ToString(CultureInfo.InvariantCulture)}"));
        }

        writer.WriteEndArray();
    }
}
