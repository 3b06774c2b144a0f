using PolicyLayer.Repository.Tests.Support;

namespace PolicyLayer.Repository.Tests.Conventions;

public sealed class SourceTests(ITestOutputHelper output)
{
    private const int MostLines = 300;

    private static readonly string[] Code = ["src", "tests", "samples", "benchmarks"];
    private static readonly string[] Texts = [.. Code, "eng", "docs"];
    private static readonly string[] Unfinished = ["TO" + "DO", "FIX" + "ME", "XX" + "X:"];

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("samples")]
    public void Files_are_small(string folder)
    {
        (string File, int Lines)[] all = [.. Checkout.Files(folder, "*.cs").Select(static file => (file, Checkout.ReadLines(file).Length)).OrderBy(static one => one.Item2)];
        if (all.Length > 0)
        {
            output.WriteLine($"{folder}: {all.Length} files, median {all[all.Length / 2].Lines} lines, longest {all[^1]}");
        }

        Assert.Empty(TooLong(all));
    }

    [Fact]
    public void TooLong_sees_a_long_file() => Assert.Equal(["b has 301 lines, and a file has at most 300"], TooLong([("a", 300), ("b", 301)]));

    [Fact]
    public void Nothing_is_left_unfinished()
    {
        IEnumerable<string> found = from folder in Texts
                                    from file in Checkout.Files(folder, "*")
                                    where Path.GetExtension(file) is ".cs" or ".csproj" or ".props" or ".md" or ".sh"
                                    from line in Checkout.ReadLines(file)
                                    where Unfinished.Any(mark => line.Contains(mark, StringComparison.Ordinal))
                                    select $"{file}: {line.Trim()}";
        Assert.Empty(found);
    }

    // The analyzer does the looking; this sees to it that it looks everywhere.
    [Fact]
    public void Banned_symbols_are_wired_into_every_project_that_is_shipped()
    {
        Assert.Contains("<AdditionalFiles Include=\"$(RepositoryRoot)eng/BannedSymbols.txt\" />", Checkout.Read("src/Directory.Build.props"), StringComparison.Ordinal);
        Assert.Contains("GetPathOfFileAbove('Directory.Build.props'", Checkout.Read("src/Directory.Build.props"), StringComparison.Ordinal);
        Assert.Contains("Include=\"Microsoft.CodeAnalysis.BannedApiAnalyzers\"", Checkout.Read("Directory.Build.props"), StringComparison.Ordinal);
        Assert.Equal(["src/Directory.Build.props"], Checkout.Files("src", "Directory.Build.*"));
        Assert.All(Checkout.Files("src", "*.csproj"), static project =>
        {
            Assert.DoesNotContain("AdditionalFiles Remove", Checkout.Read(project), StringComparison.Ordinal);
            Assert.DoesNotContain("RS0030", Checkout.Read(project), StringComparison.Ordinal);
            Assert.DoesNotContain("TreatWarningsAsErrors", Checkout.Read(project), StringComparison.Ordinal);
        });
        Assert.DoesNotContain("RS0030", Checkout.Read(".editorconfig"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("P:System.Environment.TickCount64")]
    [InlineData("M:System.Diagnostics.Stopwatch.GetTimestamp")]
    [InlineData("M:System.Threading.Thread.Sleep(System.Int32)")]
    public void Clocks_are_banned(string symbol) =>
        Assert.Contains(Checkout.ReadLines("eng/BannedSymbols.txt"), line => line.StartsWith(symbol + ";", StringComparison.Ordinal));

    // A suppression carries its reason on the line.
    [Fact]
    public void Suppressions_have_a_reason()
    {
        IEnumerable<string> bare = from file in Checkout.Files("src", "*.cs")
                                   from line in Checkout.ReadLines(file)
                                   where line.TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal) && !line.Contains("//", StringComparison.Ordinal)
                                   select $"{file}: {line.Trim()}";
        Assert.Empty(bare);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = Checkout.Read("PolicyLayer.Sdk.sln").Replace('\\', '/');
        Assert.All(Code.SelectMany(static folder => Checkout.Files(folder, "*.csproj")), project =>
            Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    // No test of time could hold it: how long a comparison takes says how much of a secret was right, and a loop that ends early says where it lies.
    [Fact]
    public void Hashes_of_tokens_are_compared_in_constant_time()
    {
        string[] lines = Checkout.ReadLines("src/PolicyLayer.Sdk.Proxy/Grants/GrantFile.cs");
        int compared = Array.FindIndex(lines, static line => line.Trim() == "found = CryptographicOperations.FixedTimeEquals(entry.TokenHash, hash) ? entry : found;");
        Assert.True(compared > 0, "the comparison is not there");
        Assert.Equal("}", lines[compared + 1].Trim());
        Assert.Equal(
            ["src/PolicyLayer.Sdk.Proxy/Grants/GrantFile.cs", "src/PolicyLayer.Sdk.Proxy/Grants/GrantFileReader.cs"],
            Checkout.Files("src", "*.cs").Where(static file => Checkout.Read(file).Contains(".TokenHash", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> TooLong(IEnumerable<(string File, int Lines)> files) =>
        files.Where(static one => one.Lines > MostLines).Select(static one => $"{one.File} has {one.Lines} lines, and a file has at most {MostLines}");
}
