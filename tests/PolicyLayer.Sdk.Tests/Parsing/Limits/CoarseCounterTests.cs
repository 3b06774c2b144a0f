using System.Text;
using PolicyLayer.Sdk.Parsing;
using PolicyLayer.Sdk.Parsing.Checking;

namespace PolicyLayer.Sdk.Tests.Parsing.Limits;

/// <summary>Which limits may count in slices although few calls lie in the window: those of which nothing turns on when each call was.</summary>
public sealed class CoarseCounterTests
{
    [Theory]
    [InlineData("""{ "max": 2001 }""", true)]
    [InlineData("""{ "max": 2000 }""", false)]
    [InlineData("""{ "max": 2000.5 }""", false)]
    [InlineData("""{ "max": 2001, "amount": 1 }""", true)]
    [InlineData("""{ "max": 5000, "amount": 2 }""", false)]
    [InlineData("""{ "max": 5000, "amount": "args.n" }""", false)]
    [InlineData("""{ "max": 5000, "algorithm": "fixed" }""", false)]
    [InlineData("""{ "max": 5000, "algorithm": "token_bucket" }""", false)]
    public void Limit_by_itself(string limit, bool isCoarse) => Assert.Equal([isCoarse], Coarse(limit));

    [Theory]
    [InlineData(5000, 9000, true)]
    [InlineData(5000, 2000, false)]
    [InlineData(2000, 5000, false)]
    public void Limits_that_share_a_counter_all_may_or_none_does(int first, int second, bool areCoarse) =>
        Assert.Equal([areCoarse, areCoarse, areCoarse, true], [.. Coarse($$"""{ "max": {{first}} }""", """{ "max": 7000 }""", $$"""{ "max": {{second}} }""", """{ "max": 3000, "counter": "other" }""")]);

    [Fact]
    public void Rate_limit_may_as_well()
    {
        PolicyDocument document = Read("""{ "version": "1", "default": "deny", "tools": { "t": { "rate_limit": { "window": 60, "max": 2001 } } } }""");
        Assert.True(Assert.Single(Assert.Single(document.Tools).Limits).Rule.CountsInSlices);
    }

    /// <summary>Each limit stands with a tool of its own; all count under one name unless they say another.</summary>
    private static IEnumerable<bool> Coarse(params string[] limits)
    {
        string tools = string.Join(',', limits.Select(static (limit, i) => $$"""
            "t{{i}}": { "limits": [{ {{(limit.Contains("counter", StringComparison.Ordinal) ? "" : "\"counter\": \"c\", ")}}"window": "hour", {{limit.Trim('{', '}', ' ')}} }] }
            """));
        return Read($$"""{ "version": "1", "default": "deny", "tools": { {{tools}} } }""").Tools.Select(static entry => entry.Limits[0].Rule.CountsInSlices);
    }

    private static PolicyDocument Read(string text)
    {
        var diagnostics = new DiagnosticBag("p");
        PolicyDocument? document = PolicyChecker.CheckWhole(Encoding.UTF8.GetBytes(text), PolicyBounds.Default, diagnostics);
        Assert.True(diagnostics.IsEmpty, "the policy is right");
        return document!;
    }
}
