using System.Text.Json;
using PolicyLayer.Repository.Tests.Support;
using PolicyLayer.Sdk;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>What the READMEs show is compiled, parsed or run somewhere.</summary>
public sealed class ReadmeTests
{
    private static readonly string[] Compiled = ["samples", "tests", "benchmarks"];

    /// <summary>Every README, and the pages that show code; the root one is listed even while it is missing, so that its absence is an error.</summary>
    public static TheoryData<string> Readmes() => ["README.md", "docs/approvals.md", .. Checkout.Packages.Select(static package => $"src/{package}/README.md")];

    [Theory]
    [MemberData(nameof(Readmes))]
    public void Readme_is_there(string readme) => Assert.True(File.Exists(Checkout.File(readme)), $"{readme} is missing");

    [Theory]
    [MemberData(nameof(Readmes))]
    public void Code_is_compiled_somewhere(string readme)
    {
        string[][] sources = [.. Compiled.SelectMany(static folder => Checkout.Files(folder, "*.cs")).Select(Checkout.ReadLines)];
        IEnumerable<string> loose = CodeBlocks.Of("csharp", Lines(readme))
            .Where(block => !Array.Exists(sources, source => CodeBlocks.StandsIn(block.Content, source)))
            .Select(block => $"{readme}({block.Line}): this code stands in no .cs file of {string.Join(", ", Compiled)}: {block.Content.FirstOrDefault()}");
        Assert.Empty(loose);
    }

    [Theory]
    [MemberData(nameof(Readmes))]
    public void Policies_parse(string readme)
    {
        foreach ((int line, string[] content) in CodeBlocks.Of("json", Lines(readme)))
        {
            string text = string.Join('\n', content);
            JsonElement json = JsonElement.Parse(text);
            if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("version", out _))
            {
                Assert.True(ToolPolicy.TryParse(text, out _, out IReadOnlyList<PolicyDiagnostic> errors), $"{readme}({line}): {string.Join('\n', errors)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Readmes))]
    public void Commands_are_run_by_the_build(string readme)
    {
        string[] run = [.. Checkout.ReadLines(".ci/run"), .. Checkout.Files("eng", "*.sh").SelectMany(Checkout.ReadLines)];
        IEnumerable<string> loose = CodeBlocks.Of("bash", Lines(readme))
            .SelectMany(static block => block.Content.Select(line => (block.Line, Command: Command(line))))
            .Where(one => one.Command.Length > 0 && !IsRun(one.Command, run))
            .Select(one => $"{readme}({one.Line}): nothing in .ci/run or eng/*.sh runs `{one.Command}`");
        Assert.Empty(loose);
    }

    [Fact]
    public void IsRun_sees_a_command_that_nothing_runs()
    {
        string[] run = ["bash eng/test.sh --no-build", "exec dotnet run --project a"];
        Assert.True(IsRun("bash eng/test.sh", run));
        Assert.True(IsRun("dotnet run --project a", run));
        Assert.False(IsRun("bash eng/test", run));
        Assert.False(IsRun("dotnet publish", run));
        Assert.False(IsRun("dotnet add package Other", run));
        Assert.Equal("bash eng/test.sh", Command("  bash eng/test.sh     # the tests"));
    }

    [Fact]
    public void StandsIn_sees_code_that_is_nowhere()
    {
        string[] source = ["class A", "{", "    int x = 1;", "", "    int y = 2;", "}"];
        Assert.True(CodeBlocks.StandsIn(["int x = 1;", "", "int y = 2;"], source));
        Assert.False(CodeBlocks.StandsIn(["int x = 1;", "int y = 2;"], source));
        Assert.False(CodeBlocks.StandsIn(["int x = 2;"], source));
        Assert.False(CodeBlocks.StandsIn([], source));
        Assert.True(CodeBlocks.StandsIn(["using A;", "", "int x = 1;"], ["using A;", .. source]));
        Assert.False(CodeBlocks.StandsIn(["using A;", "", "int x = 1;"], ["using B;", "", .. source]));
    }

    private static string[] Lines(string readme) => File.Exists(Checkout.File(readme)) ? Checkout.ReadLines(readme) : [];

    /// <summary>A line without its comment.</summary>
    private static string Command(string line) => (line.IndexOf('#', StringComparison.Ordinal) is var comment and >= 0 ? line[..comment] : line).Trim();

    /// <summary>Whether a script runs the command, perhaps with more arguments; `.ci/run` itself, and adding one of our packages, need no one.</summary>
    private static bool IsRun(string command, string[] run) =>
        command == "bash .ci/run"
        || Checkout.Packages.Any(package => command == "dotnet add package " + package)
        || Array.Exists(run, line => $" {line.Trim()} ".Contains($" {command} ", StringComparison.Ordinal));
}
