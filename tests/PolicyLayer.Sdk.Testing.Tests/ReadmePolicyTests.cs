namespace PolicyLayer.Sdk.Testing.Tests;

/// <summary>Tests that the README shows, word for word.</summary>
public sealed class ReadmePolicyTests
{
    [Fact]
    public async Task Policy_decides_as_its_cases_expect()
    {
        PolicyTestReport report = await PolicyTest.RunAsync(ToolPolicy.Load("policy.json"), "policy.cases.jsonl", TestContext.Current.CancellationToken);
        report.ThrowIfFailed();
    }

    public static async Task<IEnumerable<TheoryDataRow<PolicyTestResult>>> Calls()
    {
        PolicyTestReport report = await PolicyTest.RunAsync(ToolPolicy.Load("policy.json"), "policy.cases.jsonl");
        return report.Results.Select(result => new TheoryDataRow<PolicyTestResult>(result));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Call_is_decided_as_expected(PolicyTestResult call) => call.ThrowIfFailed();

    [Fact]
    public async Task Budget_is_for_a_day()
    {
        PolicyTestCases cases = PolicyTestCases.FromText("""
            {"tool": "create_charge", "arguments": {"currency": "usd", "amount": 50000}}
            {"tool": "create_charge", "arguments": {"currency": "usd", "amount": 50000}}
            {"tool": "create_charge", "arguments": {"currency": "usd", "amount": 1}, "expect": {"reason": "limit_exceeded"}}
            {"tool": "create_charge", "arguments": {"currency": "usd", "amount": 1}, "at": "2026-01-02T00:00:00Z", "expect": {"reason": "allowed"}}
            """);
        PolicyTestReport report = await PolicyTest.RunAsync([ToolPolicy.Load("policy.json")], cases, new PolicyTestOptions { Grant = new Grant("ci") }, TestContext.Current.CancellationToken);
        report.ThrowIfFailed();
    }
}
