using System.Text.Json;

namespace PolicyLayer.Schemas.Tests.Cases;

/// <summary>The files of <c>cases/</c>.</summary>
internal static class CaseFiles
{
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
