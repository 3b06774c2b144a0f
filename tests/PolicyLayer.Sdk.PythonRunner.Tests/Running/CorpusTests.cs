using System.Collections.Concurrent;
using PolicyLayer.Sdk.Python.Tests.Matrix;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Running;

/// <summary>Programs as models write them, each with what a plain interpreter prints: the sandbox must not be in their way.</summary>
public sealed class CorpusTests
{
    private const string Allowing = "# allow: ";
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Corpus");

    public static TheoryData<string> Programs() =>
        [.. Directory.GetFiles(Folder, "*.py").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Program_prints_what_it_would_anywhere(string name)
    {
        PythonResult result = await RunAsync(name, "python3");

        Assert.Equal(("", Expected(name), 0), (result.Stderr, result.Stdout, result.ReturnCode));
    }

    [Theory]
    [MemberData(nameof(InstalledPython.Versions), MemberType = typeof(InstalledPython))]
    public async Task Every_program_works_on_every_interpreter(string version)
    {
        string python = await InstalledPython.FindAsync(version);
        var wrong = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(Programs().Select(row => row.Data), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (name, _) =>
        {
            PythonResult result = await RunAsync(name, python);
            if ((result.Stderr, result.Stdout) != ("", Expected(name)))
            {
                wrong.Add($"{name}: {result.Stderr}{result.Stdout}{result.Error}");
            }
        });

        Assert.Empty(wrong);
    }

    [Fact]
    public void There_are_many_programs_and_most_need_no_more_than_a_few_modules()
    {
        Assert.InRange(Programs().Count, 40, int.MaxValue);
        Assert.All(Programs(), row => Assert.InRange(Allowed(row.Data).Length, 0, 2));
    }

    private static Task<PythonResult> RunAsync(string name, string python) => Sandbox.RunAsync(File.ReadAllText(Path.Combine(Folder, name + ".py")), o =>
    {
        o.PythonPath = python;
        o.Allow(Allowed(name));
    });

    private static string[] Allowed(string name) =>
        File.ReadLines(Path.Combine(Folder, name + ".py")).First() is var line && line.StartsWith(Allowing, StringComparison.Ordinal) ? line[Allowing.Length..].Split(", ") : [];

    private static string Expected(string name) => File.ReadAllText(Path.Combine(Folder, name + ".txt")).ReplaceLineEndings("\n");
}
