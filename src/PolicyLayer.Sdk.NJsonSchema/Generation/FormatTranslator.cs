using System.Text.Json.Nodes;

namespace PolicyLayer.Sdk.NJsonSchema.Generation;

/// <summary>Takes out the formats by which the generator names .NET types, and says what they say of a number's range.</summary>
internal static class FormatTranslator
{
    // Beyond it a binder makes infinity of a number.
    private const string LargestFloat = "3.4028235e38";
    private const string LargestDouble = "1.7976931348623157e308";

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
            case "float":
                Limit(schema, LargestFloat);
                break;
            case "double":
                Limit(schema, LargestDouble);
                break;
        }
    }

    /// <summary>Adds the bounds of the type where no attribute has said bounds.</summary>
    private static void Limit(JsonObject schema, string most)
    {
        if (!schema.ContainsKey("minimum") && !schema.ContainsKey("exclusiveMinimum"))
        {
            schema["minimum"] = JsonNode.Parse("-" + most);
        }

        if (!schema.ContainsKey("maximum") && !schema.ContainsKey("exclusiveMaximum"))
        {
            schema["maximum"] = JsonNode.Parse(most);
        }
    }
}
