using System.IO.Pipelines;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.AI.Tests.Mcp;

/// <summary>The tools of an MCP client are functions, so the same line guards them.</summary>
public sealed class McpClientToolTests
{
    private const string Policy = """
        { "version": "1", "default": "deny", "hide": ["secret"], "tools": {
            "echo": { "deny_if": [{ "name": "bad", "conditions": [{ "path": "args.text", "op": "eq", "value": "bad" }] }] }, "fails": {} } }
        """;

    [Fact]
    public async Task Tools_of_a_server_are_judged_settled_and_hidden()
    {
        Pipe requests = new(), responses = new();
        int ran = 0;
        var options = new McpServerOptions
        {
            ToolCollection =
            [
                McpServerTool.Create((string text) => $"{text} {++ran}", new McpServerToolCreateOptions { Name = "echo" }),
                McpServerTool.Create(string () => throw new McpException("broken"), new McpServerToolCreateOptions { Name = "fails" }),
                McpServerTool.Create(() => 1, new McpServerToolCreateOptions { Name = "secret" }),
            ],
        };
        await using McpServer server = McpServer.Create(new StreamServerTransport(requests.Reader.AsStream(), responses.Writer.AsStream()), options);
        using var stop = new CancellationTokenSource();
        Task running = server.RunAsync(stop.Token);
        await using (McpClient client = await McpClient.CreateAsync(
            new StreamClientTransport(requests.Writer.AsStream(), responses.Reader.AsStream()), cancellationToken: TestContext.Current.CancellationToken))
        {
            (ToolGuard guard, RecordingSink audit) = Agent.Guard(Policy);
            IList<McpClientTool> all = await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
            IList<AITool> tools = all.WithToolPolicies(guard);
            Assert.Equal(["echo", "fails"], tools.Select(static tool => tool.Name).Order());

            AITool echo = tools.Single(static tool => tool.Name == "echo");
            Assert.Equal("hello 1", Assert.IsType<TextContent>(await echo.CallAsync(("text", "hello"))).Text);
            Assert.Equal("deny_if", Agent.Reason(await echo.CallAsync(("text", "bad"))));
            Assert.Equal("invalid_arguments", Agent.Reason(await echo.CallAsync(("text", 1))));
            await tools.Single(static tool => tool.Name == "fails").CallAsync();
            Assert.Equal([ToolOutcome.Ok, ToolOutcome.Error], audit.Outcomes);
            Assert.Equal(1, ran);
        }

        await stop.CancelAsync();
        await running;
    }
}
