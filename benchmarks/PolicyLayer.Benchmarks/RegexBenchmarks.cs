using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using PolicyLayer.Schemas.Regexes;

namespace PolicyLayer.Benchmarks;

/// <summary>Searching texts with the engine of <c>regex</c>, against the framework's engine of the same promise.</summary>
public class RegexBenchmarks
{
    private string _text = string.Empty;
    private LinearRegex? _ours;
    private Regex? _framework;

    [Params("^main$|^release/[0-9]+[.][0-9]+$", @"\b(eval|exec|import)\b", @"(?i)\bdrop\s+table\b", "(?i)drop[ ]+table|delete[ ]+from", "[a-z]+@[a-z]+[.]com$")]
    public string Pattern { get; set; } = string.Empty;

    [Params(20, 10_000)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Compile()
    {
        _text = string.Concat(Enumerable.Repeat("release/10.2 select a from b@c.com ", (Length / 35) + 1))[..Length];
        _ = LinearRegex.TryCreate(Pattern, CaseFolding.None, out _ours, out _);
        _framework = new Regex(Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    [Benchmark(Baseline = true)]
    public bool FrameworkNonBacktracking() => _framework!.IsMatch(_text);

    [Benchmark]
    public bool Ours() => _ours!.Search(_text) == RegexOutcome.Match;
}
