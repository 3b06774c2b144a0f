using System.Text.Json;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Testing;

namespace PolicyLayer.Cli.Tests;

/// <summary>A host's test and the tool decide the same of the same cases.</summary>
public sealed class RecipeAlikeTests : IDisposable
{
    private static readonly string Policies = Path.Combine(AppContext.BaseDirectory, "policies");

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [MemberData(nameof(RecipeTests.Names), MemberType = typeof(RecipeTests))]
    public async Task Recipe_is_decided_by_a_test_as_by_the_tool(string name)
    {
        string policy = Path.Combine(Policies, name + ".json");
        string cases = Path.Combine(Policies, "cases", name + ".jsonl");
        Tool.Result result = await _tool.RunAsync("eval", "--policy", policy, "--calls", cases, "--format", "json");
        PolicyTestReport report = await PolicyTest.RunAsync(ToolPolicy.Load(policy), cases, TestContext.Current.CancellationToken);
        Assert.Equal(result.Lines.Select(static line => JsonElement.Parse(line)), report.Results.Select(static one => one.Decision.ToJsonElement()), JsonElement.DeepEquals);
        Assert.Equal(result.Code == 0, !report.HasFailed);
    }

    [Fact]
    public async Task What_is_not_as_expected_is_said_alike()
    {
        string policy = _tool.File("policy.json", """{ "version": "1", "default": "deny" }""");
        string cases = _tool.File("calls.jsonl", """
            {"tool":"a","expect":{"decision":"deny"}}
            {"tool":"b","expect":{"reason":"allowed"}}
            """);
        Tool.Result result = await _tool.RunAsync("eval", "--policy", policy, "--calls", cases);
        PolicyTestReport report = await PolicyTest.RunAsync(ToolPolicy.Load(policy), cases, TestContext.Current.CancellationToken);
        Assert.Equal($"calls.jsonl(2): {report.Results[1].Mismatch}\n{report}\n", result.Error);
    }
}
