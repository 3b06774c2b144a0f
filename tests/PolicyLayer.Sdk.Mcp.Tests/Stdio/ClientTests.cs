using ModelContextProtocol.Client;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Mcp.Tests.Stdio;

/// <summary>A client that guards itself against a server in a process of its own.</summary>
public sealed class ClientTests : IDisposable
{
    private readonly string _audit = Path.GetTempFileName();
    private readonly RecordingSink _sink = new();

    [Fact]
    public async Task Denied_calls_never_reach_the_server()
    {
        ToolGuard guard = GuardedClient.GuardOf("""{ "version": "1", "default": "allow", "hide": ["get_*"], "tools": { "echo": { "deny_if": [{ "name": "long", "conditions": [{ "path": "args.text", "op": "eq", "value": "no" }] }] } } }""", _sink);
        IClientTransport transport = new StdioClientTransport(new StdioClientTransportOptions { Command = "dotnet", Arguments = [SampleServer.Path, "--audit", _audit] }).WithToolPolicies(guard);
        await using (McpClient client = await McpClient.CreateAsync(transport, cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.Equal(["echo"], await client.ListAsync());
            Assert.Equal("deny_if", (await client.CallAsync("echo", ("text", "no"))).Reason());
            Assert.Equal("hello", (await client.CallAsync("echo", ("text", "hello"))).Text());
        }

        Assert.Equal([ToolOutcome.Ok], _sink.Outcomes);
        Assert.Single(await File.ReadAllLinesAsync(_audit, TestContext.Current.CancellationToken), static line => line.Contains("\"kind\":\"decision\"", StringComparison.Ordinal));
    }

    public void Dispose() => File.Delete(_audit);
}
