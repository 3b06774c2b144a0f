using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using PolicyLayer.Sdk;

namespace PolicyLayer.Benchmarks;

/// <summary>One decision, against looking the same name up in a dictionary 15 times.</summary>
public class GuardBenchmarks
{
    private readonly Dictionary<string, int> _names = Enumerable.Range(0, 100).ToDictionary(static i => $"create_charge_{i}", static i => i, StringComparer.Ordinal);
    private readonly ToolGuard _hundred = BenchmarkPolicies.Guard(100);
    private readonly ToolGuard _thousands = BenchmarkPolicies.Guard(31_000);
    private readonly ToolGuard _globs = ToolGuard.Create(ToolPolicy.Parse(BenchmarkPolicies.WithGlobs(200)));
    private readonly ToolGuard _schema = BenchmarkPolicies.Guard(100, BenchmarkPolicies.Schema);
    private readonly ToolCall _call = new(Grant.Default, BenchmarkPolicies.Tool, JsonElement.Parse(BenchmarkPolicies.Arguments));
    private readonly ToolCall _tooMuch = new(Grant.Default, BenchmarkPolicies.Tool, JsonElement.Parse("""{ "currency": "usd", "amount": 60000 }"""));
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(BenchmarkPolicies.Arguments);

    [Benchmark(Baseline = true)]
    public int FifteenLookups()
    {
        int sum = 0;
        for (int i = 0; i < 15; i++)
        {
            sum += _names[BenchmarkPolicies.Tool];
        }

        return sum;
    }

    [Benchmark]
    public bool TwoConditionsOf100Tools() => Decide(_hundred, _call);

    [Benchmark]
    public bool TwoConditionsOf31000Tools() => Decide(_thousands, _call);

    [Benchmark]
    public bool TwoConditionsAnd200Globs() => Decide(_globs, _call);

    [Benchmark]
    public bool FromTheBytes() => Decide(_hundred, new ToolCall(Grant.Default, BenchmarkPolicies.Tool, ToolArguments.FromUtf8(_bytes)));

    [Benchmark]
    public bool ParseTheArgumentsThenDecide()
    {
        using JsonDocument document = JsonDocument.Parse(_bytes);
        return Decide(_hundred, new ToolCall(Grant.Default, BenchmarkPolicies.Tool, document.RootElement));
    }

    [Benchmark]
    public bool TwoConditionsAndASchema() => Decide(_schema, _call);

    [Benchmark]
    public bool Denied() => Decide(_hundred, _tooMuch);

    [Benchmark]
    public void ParseTheArgumentsAlone()
    {
        using JsonDocument document = JsonDocument.Parse(_bytes);
    }

    private static bool Decide(ToolGuard guard, in ToolCall call)
    {
        ValueTask<ToolDecision> deciding = guard.AuthorizeAsync(call);
        return deciding.IsCompletedSuccessfully && deciding.Result.IsAllowed;
    }
}
