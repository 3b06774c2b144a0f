using Microsoft.Extensions.DependencyInjection;

namespace PolicyLayer.Sdk.Mcp.Tests.Calls;

/// <summary>The SDK keeps the last of two equal keys; a reader before or behind it may keep the first. Such a call is refused.</summary>
public sealed class DuplicateKeyTests
{
    private readonly TestTools _tools = new();

    [Theory]
    [InlineData("""{ "text": "a", "text": "b" }""")]
    [InlineData("""{ "text": "a", "\u0074ext": "b" }""")]
    [InlineData("""{ "text": "a", "text": "a" }""")]
    [InlineData("""{ "text": "a", "x": { "y": 1, "y": 2 } }""")]
    [InlineData("""{ "text": "a", "x": [ { "y": { "z": 1, "z": 2 } } ] }""")]
    public async Task Key_that_stands_twice_is_malformed(string arguments)
    {
        await using TestServer server = await StartAsync();
        Assert.Equal("malformed_call", (await server.Client.CallRawAsync("echo", arguments)).Reason());
        Assert.Empty(_tools.Ran);
        Assert.Equal(["echo malformed_call"], server.Audit.Decisions);
    }

    [Theory]
    [InlineData("""{ "text": "a", "Text": "b" }""")]
    [InlineData("""{ "text": "a", "x": { "text": 1 }, "y": { "text": 2 } }""")]
    public async Task Keys_that_only_look_alike_are_two(string arguments)
    {
        await using TestServer server = await StartAsync(static options => options.EnforceToolSchemas = false);
        Assert.Equal("echo(a)", (await server.Client.CallRawAsync("echo", arguments)).Text());
    }

    [Theory]
    [InlineData("""{ }, "arguments": { "text": "b" }""")]
    [InlineData("""[]""")]
    [InlineData("\"text\"")]
    public async Task Call_that_the_SDK_cannot_read_runs_nothing(string arguments)
    {
        await using TestServer server = await StartAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => server.Client.CallRawAsync("echo", arguments));
        Assert.Empty(_tools.Ran);
    }

    private Task<TestServer> StartAsync(Action<ToolPolicyMcpOptions>? configure = null) => TestServer.StartAsync(
        """{ "version": "1", "default": "allow" }""",
        server => server.WithTools(_tools.All("echo")).WithToolPolicies(configure));
}
