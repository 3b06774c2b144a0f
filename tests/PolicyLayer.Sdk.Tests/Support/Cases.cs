using System.Text.Json;

namespace PolicyLayer.Sdk.Tests.Support;

/// <summary>Cases kept as data beside the tests.</summary>
internal static class Cases
{
    public static IReadOnlyList<JsonElement> Load(string file)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "cases", file);
        return [.. JsonElement.Parse(File.ReadAllBytes(path)).EnumerateArray()];
    }

    /// <summary>A text, or lines of one.</summary>
    public static string Text(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? string.Join('\n', element.EnumerateArray().Select(static line => line.GetString()))
        : element.GetString()!;
}
