using System.Collections.Concurrent;
using System.Text.Json;

namespace PolicyLayer.Schemas.Metaschemas;

/// <summary>The metaschemas of the dialects, which a <c>$ref</c> may point to. They are in the assembly and read once.</summary>
/// <remarks>They say what the published ones do, without titles and defaults.</remarks>
internal static class BuiltInSchemas
{
    public const string Uri202012 = "https://json-schema.org/draft/2020-12/schema";
    public const string Uri7 = "http://json-schema.org/draft-07/schema";

    private const string Meta = "https://json-schema.org/draft/2020-12/meta/";
    private static readonly ConcurrentDictionary<string, JsonElement> Read = new(StringComparer.Ordinal);

    /// <returns>False when no metaschema has this URI.</returns>
    public static bool TryFind(string uri, out JsonElement schema)
    {
        schema = default;
        if (FileOf(uri) is not string file)
        {
            return false;
        }

        schema = Read.GetOrAdd(file, Parse);
        return true;
    }

    private static string? FileOf(string uri) => uri switch
    {
        Uri7 => "schema.draft-07.json",
        Uri202012 => "schema.2020-12.json",
        _ when uri.StartsWith(Meta, StringComparison.Ordinal) => uri[Meta.Length..] switch
        {
            "core" or "applicator" or "unevaluated" or "validation" or "meta-data" or "format-annotation" or "format-assertion" or "content" =>
                uri[Meta.Length..] + ".2020-12.json",
            _ => null,
        },
        _ => null,
    };

    private static JsonElement Parse(string file)
    {
        using Stream text = typeof(BuiltInSchemas).Assembly.GetManifestResourceStream(file)!;
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
