using PolicyLayer.Repository.Tests.Support;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Testing;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>Policies that readers copy from the pages stop what they seem to stop.</summary>
public sealed class ExamplePolicyTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/policy-format.md")]
    public async Task Charge_of_the_example_has_a_least_amount_and_no_other_arguments(string page)
    {
        string example = string.Join('\n', CodeBlocks.Of("json", Checkout.ReadLines(page)).First(static block => block.Content.Contains("\"version\": \"1\",")).Content);
        PolicyTestCases calls = PolicyTestCases.FromText("""
            {"tool":"create_charge","arguments":{"currency":"usd","amount":500},"expect":{"reason":"allowed"}}
            {"tool":"create_charge","arguments":{"currency":"usd","amount":-500},"expect":{"reason":"invalid_arguments"}}
            {"tool":"create_charge","arguments":{"currency":"usd","amount":0},"expect":{"reason":"invalid_arguments"}}
            {"tool":"create_charge","arguments":{"currency":"usd","amount":0.5},"expect":{"reason":"invalid_arguments"}}
            {"tool":"create_charge","arguments":{"currency":"usd","amount":500,"quantity":1000},"expect":{"reason":"invalid_arguments"}}
            {"tool":"create_charge","arguments":{"currency":"usd","amount":50001},"expect":{"reason":"deny_if"}}
            """);
        PolicyTestReport report = await PolicyTest.RunAsync([ToolPolicy.Parse(example)], calls, null, TestContext.Current.CancellationToken);
        report.ThrowIfFailed();
    }
}
