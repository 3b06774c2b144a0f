using System.Text.Json;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>Reads the text of a schema.</summary>
internal static class SchemaText
{
    // One more than the scan allows, so that a schema that is just too deep gets the scan's error, which says where.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = JsonSchemaOptions.GreatestMaxDepth + 1 };

    public static JsonDocument Parse(string text, JsonSchemaOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > options.MaxSize)
        {
            throw Refused(SchemaScan.TooLarge(options));
        }

        try
        {
            return JsonDocument.Parse(text, Strict);
        }
        catch (JsonException e)
        {
            throw Refused($"the schema is not JSON, or nested deeper than {Strict.MaxDepth}: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
        catch (ArgumentException)
        {
            throw Refused("the schema is not valid Unicode text");
        }
    }

    private static JsonSchemaException Refused(string message) => new([new JsonSchemaError(SchemaLocation.Root, message)]);
}
