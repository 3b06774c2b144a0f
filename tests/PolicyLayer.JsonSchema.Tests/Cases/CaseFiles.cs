using System.Text.Json;

namespace PolicyLayer.Schemas.Tests.Cases;

/// <summary>The files of <c>cases/</c>.</summary>
internal static class CaseFiles
{
    /// <summary>The files with instances.</summary>
    public static IReadOnlyList<string> OfInstances { get; } =
        ["values", "numbers", "texts", "arrays", "objects", "patterns", "combinations", "references", "dynamic-references", "contains", "unevaluated", "draft-7", "metaschemas"];

    /// <summary>The options of a case: those of the file by the names that they have in the API, in camel case.</summary>
    public static JsonSchemaOptions OptionsOf(JsonElement group)
    {
        JsonElement options = group.TryGetProperty("options", out JsonElement given) ? given : JsonDocument.Parse("{}").RootElement;
        return new JsonSchemaOptions
        {
            Dialect = options.TryGetProperty("dialect", out _) ? JsonSchemaDialect.Draft7 : JsonSchemaDialect.Draft202012,
            AllowUnknownKeywords = options.TryGetProperty("allowUnknownKeywords", out _),
            IgnoreRefSiblings = options.TryGetProperty("ignoreRefSiblings", out _),
            FormatsAsAnnotations = options.TryGetProperty("formatsAsAnnotations", out _),
            Resources = options.TryGetProperty("resources", out JsonElement resources)
                ? resources.EnumerateObject().ToDictionary(resource => resource.Name, resource => resource.Value)
                : [],
        };
    }

    public static IEnumerable<JsonElement> Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "cases", file + ".json")));
        return [.. document.RootElement.EnumerateArray().Select(item => item.Clone())];
    }

    /// <summary>An object's members as a host gets them from a deserializer; null when it has none to give (not an object, or one name twice, or broken names).</summary>
    public static Dictionary<string, JsonElement>? ToDictionary(JsonElement instance)
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var members = new Dictionary<string, JsonElement>();
        foreach (JsonProperty member in instance.EnumerateObject())
        {
            try
            {
                if (!members.TryAdd(member.Name, member.Value))
                {
                    return null;
                }
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }

        return members;
    }
}
