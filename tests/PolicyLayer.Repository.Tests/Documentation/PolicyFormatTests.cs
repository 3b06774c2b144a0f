using System.Text.Json;
using PolicyLayer.Repository.Tests.Support;
using PolicyLayer.Sdk;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>The examples of the reference are true.</summary>
public sealed class PolicyFormatTests
{
    private static readonly string[] Page = Checkout.ReadLines("docs/policy-format.md");

    /// <summary>The rows whose second to fourth cells are a condition and arguments for which it is true and false.</summary>
    public static TheoryData<string, string, string> Examples()
    {
        var data = new TheoryData<string, string, string>();
        foreach (string[] cells in Page.Where(static line => line.StartsWith("| ", StringComparison.Ordinal)).Select(static line => line.Split(" | ")).Where(static cells => cells.Length == 4 && cells[1].StartsWith("`{", StringComparison.Ordinal)))
        {
            data.Add(cells[1].Trim('`'), cells[2].Trim('`'), cells[3].TrimEnd(' ', '|').Trim('`'));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Condition_is_true_and_false_as_the_page_says(string condition, string passes, string fails)
    {
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Parse($$"""{ "version": "1", "default": "deny", "tools": { "t": { "require": [{ "conditions": [{{condition}}] }] } } }"""));
        Assert.Equal("allowed", await DecideAsync(guard, passes));
        Assert.Equal("require_failed", await DecideAsync(guard, fails));
    }

    [Fact]
    public void Every_operator_has_an_example()
    {
        var names = (string[])typeof(ToolPolicy).Assembly.GetType("PolicyLayer.Sdk.Compilation.Operators.OperatorFactory", throwOnError: true)!.GetField("Names")!.GetValue(null)!;
        Assert.All(names, static name => Assert.Contains(Page, line => line.Contains($"\"op\": \"{name}\"", StringComparison.Ordinal)));
        Assert.True(Examples().Count >= names.Length);
    }

    [Fact]
    public void Documents_of_the_page_are_policies()
    {
        var blocks = CodeBlocks.Of("json", Page).ToList();
        Assert.NotEmpty(blocks);
        Assert.All(blocks, static block => ToolPolicy.Parse(string.Join('\n', block.Content)));
    }

    [Fact]
    public void Every_reason_is_named()
    {
        string page = string.Join('\n', Page);
        string[] internals = ["allowed", "allowed_uncounted"];
        Assert.All(Enum.GetNames<DecisionReason>().Select(static name => JsonNamingPolicy.SnakeCaseLower.ConvertName(name)).Except(internals), code => Assert.Contains($"`{code}`", page, StringComparison.Ordinal));
    }

    private static async Task<string> DecideAsync(ToolGuard guard, string arguments) =>
        (await guard.AuthorizeAsync(new ToolCall(Grant.Default, "t", JsonElement.Parse(arguments)), TestContext.Current.CancellationToken)).ReasonCode;
}
