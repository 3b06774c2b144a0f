using System.Text.Json;
using PolicyLayer.Schemas;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>What the README of PolicyLayer.JsonSchema shows, compiled word for word.</summary>
internal static class JsonSchemaReadme
{
    public static bool Judge(JsonElement arguments)
    {
        JsonSchema schema = JsonSchema.Compile("""
            {
              "type": "object", "required": ["code"], "additionalProperties": false,
              "properties": {
                "code": { "type": "string", "maxLength": 5000 },
                "timeout": { "type": "integer", "minimum": 1, "maximum": 15 }
              }
            }
            """);

        bool fine = schema.IsValid(arguments);          // a JsonElement, or a Dictionary<string, JsonElement> of members

        foreach (JsonValidationError error in schema.Validate(arguments))
        {
            Console.WriteLine(error.Message);           // `timeout` must be an integer, not a string
        }

        return fine;
    }

    public static JsonSchema Refer(JsonElement money)
    {
        var options = new JsonSchemaOptions
        {
            Resources = new Dictionary<string, JsonElement> { ["https://example.com/money.json"] = money },
        };
        JsonSchema order = JsonSchema.Compile("""{ "properties": { "total": { "$ref": "https://example.com/money.json#/$defs/amount" } } }""", options);
        return order;
    }
}
