namespace PolicyLayer.Cli.Tests;

/// <summary>Every recipe judges the calls of its cases as they expect, and stands in the page of recipes as it is.</summary>
public sealed class RecipeTests : IDisposable
{
    private static readonly string Root = FindRoot(AppContext.BaseDirectory);
    private static readonly string Policies = Path.Combine(Root, "samples", "policies");

    private readonly Tool _tool = new();

    public static TheoryData<string> Names() => [.. Directory.EnumerateFiles(Policies, "*.json").Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => _tool.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Recipe_decides_as_its_cases_expect(string name)
    {
        string cases = Path.Combine(Policies, "cases", name + ".jsonl");
        Tool.Result result = await _tool.RunAsync("eval", "--policy", Path.Combine(Policies, name + ".json"), "--calls", cases);
        int lines = (await File.ReadAllLinesAsync(cases, TestContext.Current.CancellationToken)).Length;
        Assert.True(lines >= 5, "a recipe shows what it refuses, too");
        Assert.Equal((0, $"{lines} of {lines} expectations hold"), (result.Code, result.Error.Trim()));
        Assert.EndsWith(": valid", (await _tool.RunAsync("validate", Path.Combine(Policies, name + ".json"))).Output.Trim(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Recipe_stands_in_the_page_as_it_is(string name)
    {
        string page = await File.ReadAllTextAsync(Path.Combine(Root, "docs", "recipes.md"), TestContext.Current.CancellationToken);
        string policy = await File.ReadAllTextAsync(Path.Combine(Policies, name + ".json"), TestContext.Current.CancellationToken);
        Assert.Contains($"```json\n{policy}```", page, StringComparison.Ordinal);
        Assert.Contains($"samples/policies/{name}.json", page, StringComparison.Ordinal);
    }

    /// <summary>The checkout that these tests were built in.</summary>
    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "PolicyLayer.Sdk.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("these tests run in a checkout"));
}
