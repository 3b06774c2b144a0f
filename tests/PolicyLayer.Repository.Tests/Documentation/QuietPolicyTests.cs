using System.Text;
using PolicyLayer.Repository.Tests.Support;
using PolicyLayer.Sdk;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>Policies that we show mean what they say: no lint has anything against them.</summary>
public sealed class QuietPolicyTests
{
    public static TheoryData<string> Samples() => [.. Checkout.Files("samples/policies", "*.json")];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_gets_no_warning(string file) => Assert.Empty(PolicyReview.Of(new PolicyText(File.ReadAllBytes(Checkout.File(file)), file)).Diagnostics);

    [Fact]
    public void Example_of_the_format_gets_no_warning()
    {
        string page = Checkout.Read("docs/policy-format.md");
        const string fence = "```json\n";
        int start = page.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        string example = page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
        Assert.Empty(PolicyReview.Of(new PolicyText(Encoding.UTF8.GetBytes(example), "policy.json")).Diagnostics);
    }
}
