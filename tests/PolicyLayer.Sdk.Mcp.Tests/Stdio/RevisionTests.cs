using ModelContextProtocol.Client;

namespace PolicyLayer.Sdk.Mcp.Tests.Stdio;

/// <summary>The sample server as a process, with a client of each revision of the protocol.</summary>
public sealed class RevisionTests : IDisposable
{
    private readonly string _audit = Path.GetTempFileName();

    [Theory(Timeout = 60_000)]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Calls_are_judged_and_counted_on_every_revision(string protocol)
    {
        var transport = new StdioClientTransport(new StdioClientTransportOptions { Command = "dotnet", Arguments = [SampleServer.Path, "--audit", _audit] });
        await using McpClient client = await McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = protocol, DiscoverProbeTimeout = Timeout.InfiniteTimeSpan }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(protocol, client.NegotiatedProtocolVersion);
        Assert.Equal(["echo", "get_time"], await client.ListAsync());
        for (int call = 1; call <= 3; call++)
        {
            Assert.Equal("hello", (await client.CallAsync("echo", ("text", "hello"))).Text());
        }

        Assert.Equal("limit_exceeded", (await client.CallAsync("echo", ("text", "hello"))).Reason());
        Assert.Equal("invalid_arguments", (await client.CallAsync("echo", ("text", 1))).Reason());
        Assert.Equal("default_deny", (await client.CallAsync("delete_agent", ("id", "7"))).Reason());
    }

    public void Dispose() => File.Delete(_audit);
}
