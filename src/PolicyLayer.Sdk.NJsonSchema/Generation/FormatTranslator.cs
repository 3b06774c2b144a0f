using System.Globalization;
using System.Text.Json.Nodes;

namespace PolicyLayer.Sdk.NJsonSchema.Generation;

/// <summary>Takes out the formats by which the generator names .NET types, and says what they say of a number's range.</summary>
internal static class FormatTranslator
{
    /// <summary>Translates the format of one schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="known">Formats that stay.</param>
    public static void Translate(JsonObject schema, string[] known)
    {
        if (schema["format"]?.GetValue<string>() is not { } format || known.Contains(format, StringComparer.Ordinal))
        {
            return;
        }

        schema.Remove("format");
        switch (format)
        {
            case "guid" or "uuid":
                schema["format"] = "uuid";
                break;
            case "int32":
                Limit(schema, int.MinValue, int.MaxValue);
                break;
            case "int64":
                Limit(schema, long.MinValue, long.MaxValue);
                break;
            case "byte" when IsInteger(schema):
                Limit(schema, byte.MinValue, byte.MaxValue);
                break;
            case "decimal":
                Limit(schema, decimal.MinValue, decimal.MaxValue);
                break;
        }
    }

    private static bool IsInteger(JsonObject schema) =>
        schema["type"] is JsonArray types ? types.Any(static type => type?.ToString() == "integer") : schema["type"]?.ToString() == "integer";

    /// <summary>Adds the bounds of the type where no attribute has said bounds.</summary>
    private static void Limit(JsonObject schema, decimal least, decimal most)
    {
        if (!schema.ContainsKey("minimum") && !schema.ContainsKey("exclusiveMinimum"))
        {
            schema["minimum"] = JsonNode.Parse(least.ToString(CultureInfo.InvariantCulture));
        }

        if (!schema.ContainsKey("maximum") && !schema.ContainsKey("exclusiveMaximum"))
        {
            schema["maximum"] = JsonNode.Parse(most.ToString(CultureInfo.InvariantCulture));
        }
    }
}
