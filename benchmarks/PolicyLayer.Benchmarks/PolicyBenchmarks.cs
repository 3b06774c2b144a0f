using System.Text.Json;
using BenchmarkDotNet.Attributes;
using PolicyLayer.Sdk;

namespace PolicyLayer.Benchmarks;

/// <summary>Reading, checking and compiling a policy, against parsing the same bytes as JSON.</summary>
public class PolicyBenchmarks
{
    private byte[] _text = [];

    [Params(100, 31_000)]
    public int Tools { get; set; }

    [GlobalSetup]
    public void Write() => _text = BenchmarkPolicies.Text(Tools);

    [Benchmark(Baseline = true)]
    public void JsonAlone()
    {
        using JsonDocument document = JsonDocument.Parse(_text);
    }

    [Benchmark]
    public ToolPolicy ParseAndCompile() => ToolPolicy.Parse(_text);
}
