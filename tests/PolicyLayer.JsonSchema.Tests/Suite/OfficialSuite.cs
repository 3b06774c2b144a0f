using System.Text.Json;

namespace PolicyLayer.Schemas.Tests.Suite;

/// <summary>The official JSON Schema Test Suite, where a copy of it is at hand.</summary>
internal static class OfficialSuite
{
    private const string Variable = "JSON_SCHEMA_TEST_SUITE";

    /// <summary>The suite's folder: named by the environment, or found by walking up; null when there is none.</summary>
    public static string? FindFolder()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return named;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data", "json-schema-test-suite");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>Reads the groups of a draft, or skips the test when there is no copy of the suite.</summary>
    public static IReadOnlyList<SuiteGroup> Read(string draft)
    {
        string? folder = FindFolder();
        if (folder is null)
        {
            Assert.Skip($"no copy of the official suite: set {Variable} to its folder");
        }

        var groups = new List<SuiteGroup>();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(folder, "tests", draft), "*.json").Order(StringComparer.Ordinal))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            groups.AddRange(document.RootElement.EnumerateArray().Select(group => new SuiteGroup(Path.GetFileNameWithoutExtension(file), group.Clone())));
        }

        return groups;
    }

    /// <summary>The documents that the suite expects at <c>http://localhost:1234</c>.</summary>
    public static Dictionary<string, JsonElement> ReadRemotes()
    {
        var remotes = new Dictionary<string, JsonElement>();
        string folder = Path.Combine(FindFolder() ?? "", "remotes");
        foreach (string file in FindFolder() is null ? [] : Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            remotes.Add("http://localhost:1234/" + Path.GetRelativePath(folder, file).Replace('\\', '/'), document.RootElement.Clone());
        }

        return remotes;
    }
}

internal sealed record SuiteGroup(string File, JsonElement Group)
{
    public JsonElement Schema => Group.GetProperty("schema");

    public IEnumerable<JsonElement> Tests => Group.GetProperty("tests").EnumerateArray();

    public override string ToString() => $"{File}: {Group.GetProperty("description").GetString()}";
}
