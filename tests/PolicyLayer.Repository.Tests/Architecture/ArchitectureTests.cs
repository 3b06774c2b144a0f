using System.Reflection;
using PolicyLayer.Repository.Tests.Support;

namespace PolicyLayer.Repository.Tests.Architecture;

public sealed class ArchitectureTests
{
    private static Dictionary<string, string[]> Built { get; } = Checkout.Packages.ToDictionary(
        static package => package,
        static package => Arrows.Of(Path.Combine(AppContext.BaseDirectory, package + ".dll")),
        StringComparer.Ordinal);

    public static TheoryData<string> Packages() => [.. Checkout.Packages];

    [Fact]
    public void Assemblies_refer_to_what_they_may_and_to_nothing_else() => Assert.Empty(Arrows.Violations(Built));

    [Theory]
    [InlineData("PolicyLayer.JsonSchema", "PolicyLayer.Sdk", "PolicyLayer.JsonSchema must not refer to PolicyLayer.Sdk")]
    [InlineData("PolicyLayer.JsonSchema", "PolicyLayer.Sdk", "refers to itself in a circle")]
    [InlineData("PolicyLayer.JsonSchema", "Newtonsoft.Json", "PolicyLayer.JsonSchema must not refer to Newtonsoft.Json")]
    [InlineData("PolicyLayer.Sdk", "PolicyLayer.Sdk.Mcp", "PolicyLayer.Sdk must not refer to PolicyLayer.Sdk.Mcp")]
    [InlineData("PolicyLayer.Sdk.Mcp", "PolicyLayer.Sdk.PythonRunner", "PolicyLayer.Sdk.Mcp must not refer to PolicyLayer.Sdk.PythonRunner")]
    [InlineData("PolicyLayer.Sdk.PythonRunner", "PolicyLayer.Sdk", "PolicyLayer.Sdk.PythonRunner must not refer to PolicyLayer.Sdk")]
    [InlineData("PolicyLayer.Sdk.Other", "PolicyLayer.Sdk", "PolicyLayer.Sdk.Other has no rule")]
    public void Violations_sees_a_wrong_arrow(string from, string to, string violation)
    {
        Dictionary<string, string[]> wrong = new(Built, StringComparer.Ordinal);
        wrong[from] = [.. wrong.GetValueOrDefault(from) ?? [], to];
        Assert.Contains(Arrows.Violations(wrong), found => found.Contains(violation, StringComparison.Ordinal));
    }

    [Fact]
    public void Violations_sees_a_package_that_is_gone()
    {
        Dictionary<string, string[]> fewer = new(Built, StringComparer.Ordinal);
        fewer.Remove("PolicyLayer.Sdk.Mcp");
        Assert.Contains(Arrows.Violations(fewer), static found => found.StartsWith("PolicyLayer.Sdk.Mcp is gone", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_reads_the_references_of_an_assembly()
    {
        string[] own = Arrows.Of(typeof(ArchitectureTests).Assembly.Location);
        Assert.Contains("PolicyLayer.Sdk", own);
        Assert.Contains("xunit.v3.assert", own);
        Assert.NotEmpty(Arrows.Violations(new Dictionary<string, string[]>(Built, StringComparer.Ordinal) { ["PolicyLayer.JsonSchema"] = own }));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Public_types_are_closed(string package) => Assert.Empty(OpenTypes(Assembly.Load(package)));

    [Fact]
    public void OpenTypes_sees_an_open_class() => Assert.Contains(typeof(OpenClass).FullName, OpenTypes(typeof(OpenClass).Assembly));

    // What hosts use is found in one namespace, and in the one where AddX belongs; folders are for those who read the code.
    [Theory]
    [MemberData(nameof(Packages))]
    public void Public_types_live_in_few_namespaces(string package)
    {
        string[] namespaces = [.. Assembly.Load(package).GetExportedTypes().Select(static type => type.Namespace!).Distinct()];
        int own = namespaces.Count(static name => name != "Microsoft.Extensions.DependencyInjection");

        // A command is no library: it shows nothing.
        Assert.Equal(package == "PolicyLayer.Cli" ? 0 : 1, own);
    }

    [Theory]
    [InlineData("PolicyLayer.Sdk", 51)]
    [InlineData("PolicyLayer.JsonSchema", 10)]
    public void Public_types_stay_few(string package, int most) =>
        Assert.InRange(Assembly.Load(package).GetExportedTypes().Length, 1, most);

    private static string[] OpenTypes(Assembly assembly) =>
        [.. assembly.GetExportedTypes().Where(static type => type is { IsClass: true, IsSealed: false }).Select(static type => type.FullName!)];
}

/// <summary>What a public type must not be; here so that the test can be seen to fail.</summary>
public class OpenClass;
