namespace PolicyLayer.EndToEnd.Tests;

/// <summary>The samples that check themselves, run as a reader would.</summary>
public sealed class SampleTests
{
    private const string Good = "Every call went as the policy says.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Agent_whose_functions_are_guarded_does_what_the_policy_says()
    {
        (int exitCode, string output) = await SampleProgram.RunAsync("ChatAgent", [], Token);

        Assert.True(exitCode == 0, output);
        Assert.Contains("the model sees: find_order, refund, send_mail, export_customers\n", output, StringComparison.Ordinal);
        Assert.Contains("supervisor: Refunds over $20 need a person. Approved.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("is gone", output, StringComparison.Ordinal);
        Assert.Contains(Good, output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Server_on_http_gives_each_token_what_its_grant_may_do()
    {
        (int exitCode, string output) = await SampleProgram.RunAsync("AspNetCoreServer", ["smoke"], Token);

        Assert.True(exitCode == 0, output);
        Assert.Contains("alice lists -> read_note, write_note\n", output, StringComparison.Ordinal);
        Assert.Contains("bob writes -> require_failed\n", output, StringComparison.Ordinal);
        Assert.Contains("nobody calls -> 401\n", output, StringComparison.Ordinal);
        Assert.Contains(Good, output, StringComparison.Ordinal);
    }
}
