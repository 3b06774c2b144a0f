using System.Diagnostics;
using System.Text.Json;
using ModelContextProtocol.Client;

namespace PolicyLayer.Sdk.Mcp.Tests.Stdio;

/// <summary>The sample server, as a process of its own.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly string _audit = Path.GetTempFileName();

    [Fact]
    public async Task Sample_is_guarded_and_leaves_an_audit_trail()
    {
        var transport = new StdioClientTransport(new StdioClientTransportOptions { Command = "dotnet", Arguments = [SampleServer.Path, "--audit", _audit] });
        await using (McpClient client = await McpClient.CreateAsync(transport, cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.Equal(["echo", "get_time"], await client.ListAsync());
            Assert.Equal("hello", (await client.CallAsync("echo", ("text", "hello"))).Text());
            Assert.Equal("invalid_arguments", (await client.CallAsync("echo", ("text", 1))).Reason());
            Assert.Equal("allowed", (await client.CallAsync("get_time")).Reason());
            Assert.Equal("default_deny", (await client.CallAsync("delete_agent", ("id", "7"))).Reason());
            string[] reasons = [.. (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.CallAsync("echo", ("text", "again"))))).Select(Clients.Reason)];
            Assert.Equal(2, reasons.Count(static reason => reason == "limit_exceeded"));
        }

        string[] lines = await File.ReadAllLinesAsync(_audit, TestContext.Current.CancellationToken);
        string?[] reasonsRecorded = [.. lines.Select(static line => JsonDocument.Parse(line).RootElement).Where(static line => line.GetProperty("kind").GetString() == "decision").Select(static line => line.GetProperty("reason").GetString())];
        Assert.Equal(["allowed", "invalid_arguments", "allowed", "hidden"], reasonsRecorded.Take(4));
        Assert.Equal(8, reasonsRecorded.Length);
        Assert.All(lines, static line => Assert.DoesNotContain("hello", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Server_ends_when_its_client_goes_away_in_the_middle_of_a_call()
    {
        using Process server = SampleServer.Start(_audit);
        Task<string> log = server.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await server.StandardInput.WriteLineAsync(SampleServer.Initialize);
        Assert.Contains("serverInfo", await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // A call whose answer nobody waits for, and then nothing: the pipe is closed as when a client is killed.
        await server.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_time"}}""");
        server.StandardInput.Close();
        server.StandardOutput.Close();

        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(server.HasExited);
        Assert.DoesNotContain("Unhandled exception", await log, StringComparison.Ordinal);
        using var last = JsonDocument.Parse((await File.ReadAllLinesAsync(_audit, TestContext.Current.CancellationToken))[^1]);
        Assert.Equal("stop", last.RootElement.GetProperty("kind").GetString());
    }

    public void Dispose() => File.Delete(_audit);
}
