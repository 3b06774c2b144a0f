using System.Reflection;
using PolicyLayer.Repository.Tests.Support;

namespace PolicyLayer.Repository.Tests.PublicApi;

/// <summary>What each package shows is kept as a text beside this test, so that a change to it is one that a reviewer reads.</summary>
public sealed class PublicApiTests
{
    private const string Accept = "POLICYLAYER_ACCEPT_API";

    public static TheoryData<string> Packages() => [.. Checkout.Packages];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_shows_what_was_approved(string package)
    {
        string approved = Checkout.File("tests", "PolicyLayer.Repository.Tests", "PublicApi", package + ".approved.txt");
        string actual = ApiText.Of(Assembly.Load(package));
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(approved, actual);
        }

        string expected = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : string.Empty;
        string[] gone = [.. expected.Split('\n').Except(actual.Split('\n')).Select(static line => "- " + line)];
        string[] added = [.. actual.Split('\n').Except(expected.Split('\n')).Select(static line => "+ " + line)];
        Assert.True(
            expected == actual,
            $"""
            The public API of {package} is not what was approved:
            {string.Join('\n', gone.Concat(added))}
            If that is meant, accept it and have the change reviewed:
                {Accept}=1 dotnet test tests/PolicyLayer.Repository.Tests
            """);
    }

    [Fact]
    public void Approved_texts_are_of_packages_that_exist() =>
        Assert.Equal(
            Checkout.Packages.Select(static package => package + ".approved.txt").Order(StringComparer.Ordinal),
            Checkout.Files("tests/PolicyLayer.Repository.Tests/PublicApi", "*.approved.txt").Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Fact]
    public void Of_shows_members_parameters_nullability_and_defaults()
    {
        string text = ApiText.Of(typeof(PublicApiTests).Assembly);
        Assert.Contains("sealed class PolicyLayer.Repository.Tests.PublicApi.ShownClass : IDisposable\n", text, StringComparison.Ordinal);
        Assert.Contains("    static string? Method(IReadOnlyList<string?> some, out int count, string? name = default, bool flag = true)\n", text, StringComparison.Ordinal);
        Assert.Contains("    int? Property { get; init; }\n", text, StringComparison.Ordinal);
        Assert.Contains("    ShownClass(string name)\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Unseen", text, StringComparison.Ordinal);
    }
}
