using BenchmarkDotNet.Attributes;
using ModelContextProtocol.Protocol;

namespace PolicyLayer.Benchmarks.Mcp;

/// <summary>One call of a server in this process, through the MCP C# SDK: what a guard allocates beside a filter that does nothing.</summary>
public class McpServerBenchmarks
{
    private readonly InMemoryServer _plain = InMemoryServer.PlainAsync().GetAwaiter().GetResult();
    private readonly InMemoryServer _filtered = InMemoryServer.WithEmptyFilterAsync().GetAwaiter().GetResult();
    private readonly InMemoryServer _guarded = InMemoryServer.GuardedAsync().GetAwaiter().GetResult();

    [Benchmark]
    public Task<CallToolResult> Plain() => _plain.CallAsync();

    [Benchmark(Baseline = true)]
    public Task<CallToolResult> EmptyFilter() => _filtered.CallAsync();

    [Benchmark]
    public Task<CallToolResult> Guarded() => _guarded.CallAsync();
}
