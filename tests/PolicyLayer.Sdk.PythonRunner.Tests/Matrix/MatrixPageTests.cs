using PolicyLayer.Repository.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>The page of the matrix is written from the payloads, and says nothing that they do not say.</summary>
public sealed class MatrixPageTests
{
    private const string Accept = "POLICYLAYER_ACCEPT_MATRIX";
    private const string Page = "docs/python-sandbox-matrix.md";

    [Theory]
    [InlineData("counts")]
    [InlineData("payloads")]
    public void Page_shows_the_payloads_as_they_are(string part)
    {
        string actual = part == "counts" ? MatrixPage.Counts() : MatrixPage.Text();
        string page = Checkout.Read(Page).ReplaceLineEndings("\n");
        (string begin, string end) = ($"<!-- {part} -->\n", $"<!-- end of {part} -->");
        int from = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int to = page.IndexOf(end, StringComparison.Ordinal);
        Assert.InRange(from, begin.Length, to);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(Checkout.File(Page), page[..from] + actual + page[to..]);
            return;
        }

        Assert.True(page[from..to] == actual, $"{Page} is not what the payloads say; {Accept}=1 dotnet test tests/PolicyLayer.Sdk.PythonRunner.Tests writes it");
    }

    [Fact]
    public void There_are_many_payloads_of_every_kind_and_names_are_used_once()
    {
        Assert.InRange(Payloads.All.Count, 120, int.MaxValue);
        Assert.Equal(Payloads.All.Count, Payloads.All.Select(payload => payload.Name).Distinct().Count());
        Assert.All(Payloads.All, payload => Assert.EndsWith(".", payload.About, StringComparison.Ordinal));
        Assert.Empty(Layer.All.Select(layer => layer.Name).Except(Payloads.All.SelectMany(payload => payload.HeldBy)));
    }
}
