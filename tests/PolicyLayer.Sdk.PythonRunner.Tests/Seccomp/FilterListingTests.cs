using PolicyLayer.Repository.Tests.Support;
using PolicyLayer.Sdk.Python.Seccomp;

namespace PolicyLayer.Sdk.Python.Tests.Seccomp;

/// <summary>The filters are kept as texts beside this test, so that a change to them is one that a reviewer reads.</summary>
public sealed class FilterListingTests
{
    private const string Accept = "POLICYLAYER_ACCEPT_FILTERS";

    [Theory]
    [InlineData("x86_64")]
    [InlineData("aarch64")]
    public void Filter_is_the_one_that_was_read(string machine)
    {
        string file = Checkout.File("tests", "PolicyLayer.Sdk.PythonRunner.Tests", "Seccomp", "Listings", machine + ".txt");
        string actual = FilterListing.Of(SystemCallTable.For(machine)!);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(file, actual);
        }

        string expected = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        Assert.True(
            expected == actual,
            $"the filters of {machine} are not those of Seccomp/Listings; if that is meant: {Accept}=1 dotnet test tests/PolicyLayer.Sdk.PythonRunner.Tests, and have the change reviewed");
    }

    [Fact]
    public void Listing_shows_jumps_names_and_answers()
    {
        string text = FilterListing.Of(SystemCallTable.X64);

        Assert.Contains("\n     0  load    architecture\n     1  if =    0xc000003e  then 3 else 2\n     2  answer  killed\n     3  load    number\n", text, StringComparison.Ordinal);
        Assert.Contains("   ; write\n", text, StringComparison.Ordinal);
        Assert.Contains("\n     1  by arguments  by arguments  write\n", text, StringComparison.Ordinal);
        Assert.Contains("\n   101  killed        killed        ptrace\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("mixed", text, StringComparison.Ordinal);
    }
}
