using System.Text;
using PolicyLayer.Repository.Tests.Support;
using PolicyLayer.Sdk;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>Policies that we show mean what they say: no lint has anything against them.</summary>
public sealed class QuietPolicyTests
{
    public static TheoryData<string> Samples() => [.. Checkout.Files("samples", "*.json").Where(static file => file.StartsWith("samples/policies/", StringComparison.Ordinal) || file.EndsWith("/policy.json", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_gets_no_warning(string file) => Assert.Empty(PolicyReview.Of(new PolicyText(File.ReadAllBytes(Checkout.File(file)), file)).Diagnostics);

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/policy-format.md")]
    public void Example_of_the_format_gets_no_warning(string file)
    {
        string page = Checkout.Read(file);
        const string fence = "```json\n{\n  \"version\"";
        int start = page.IndexOf(fence, StringComparison.Ordinal) + "```json\n".Length;
        string example = page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
        Assert.Empty(PolicyReview.Of(new PolicyText(Encoding.UTF8.GetBytes(example), "policy.json")).Diagnostics);
    }
}
