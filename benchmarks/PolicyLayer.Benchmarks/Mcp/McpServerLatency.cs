namespace PolicyLayer.Benchmarks.Mcp;

/// <summary>The same calls as <see cref="McpServerBenchmarks"/>, in turns: hundredths are told apart on a busy machine too. <c>… -- mcp</c></summary>
internal static class McpServerLatency
{
    private const int Calls = 100_000;
    private const int CallsATurn = 500;

    public static async Task RunAsync()
    {
        InMemoryServer filtered = await InMemoryServer.WithEmptyFilterAsync();
        InMemoryServer plain = await InMemoryServer.PlainAsync();
        InMemoryServer guarded = await InMemoryServer.GuardedAsync(enforceToolSchemas: false);
        InMemoryServer strict = await InMemoryServer.GuardedAsync();
        Turns.PrintHead();
        await Turns.PrintAsync([("an empty call filter", filtered.CallAsync), ("plain", plain.CallAsync), ("guarded, without the tool's own schema", guarded.CallAsync), ("guarded, as by default", strict.CallAsync)], 1, CallsATurn, Calls);
    }
}
