using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Sdk.Mcp.Servers;
using CallHandler = ModelContextProtocol.Server.McpRequestHandler<ModelContextProtocol.Protocol.CallToolRequestParams, ModelContextProtocol.Protocol.CallToolResult>;

namespace PolicyLayer.Sdk.Mcp.Tests.Calls;

public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Calls = 500;

#if DEBUG
    /// <summary>The compiler makes every asynchronous method an object when it does not optimize.</summary>
    private const int MostBytes = 3_000;
#else
    private const int MostBytes = 1_200;
#endif

    [Fact]
    public async Task Allowed_call_costs_little_memory()
    {
        await using var connection = await TestServer.Connection.OpenAsync(new McpServerOptions { Handlers = { CallToolHandler = static (_, _) => default } });
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Parse("""{ "version": "1", "default": "allow" }"""));
        var result = new CallToolResult();
        CallHandler handler = new CallGuard(guard, new CallerGrants(null), new CallSurroundings(new ToolSchemaEnforcement(enforceSchemas: true, strict: true, [])), null).Protect((_, _) => new ValueTask<CallToolResult>(result));

        await MeasureAsync(handler, connection.Server);
        long bytes = await MeasureAsync(handler, connection.Server);
        output.WriteLine($"{bytes} bytes a call");

        // The judgement, the members it compares with, the request's items, and the nodes in which twin keys are looked for.
        Assert.InRange(bytes, 0, MostBytes);
    }

    [Fact]
    public async Task Tools_own_schema_costs_no_memory()
    {
        await using var connection = await TestServer.Connection.OpenAsync(new McpServerOptions { Handlers = { CallToolHandler = static (_, _) => default } });
        McpServerTool tool = McpServerTool.Create(static (string text, int times) => text, new McpServerToolCreateOptions { Name = "echo" });
        var bytes = new List<long>();
        foreach (bool isEnforced in new[] { false, true })
        {
            ToolGuard guard = ToolGuard.Create(ToolPolicy.Parse("""{ "version": "1", "default": "allow" }"""));
            var result = new CallToolResult();
            CallHandler handler = new CallGuard(guard, new CallerGrants(null), new CallSurroundings(new ToolSchemaEnforcement(isEnforced, strict: true, [])), null).Protect((_, _) => new ValueTask<CallToolResult>(result));
            await MeasureAsync(handler, connection.Server, tool);
            bytes.Add(await MeasureAsync(handler, connection.Server, tool));
        }

        Assert.InRange(bytes[0], 1, MostBytes);
        Assert.Equal(bytes[0], bytes[1]);
    }

    private static async Task<long> MeasureAsync(CallHandler handler, McpServer server, McpServerTool? tool = null)
    {
        RequestContext<CallToolRequestParams>[] requests = [.. Enumerable.Range(0, Calls).Select(_ => Request(server, tool))];
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (RequestContext<CallToolRequestParams> request in requests)
        {
            ValueTask<CallToolResult> call = handler(request, CancellationToken.None);
            Assert.True(call.IsCompletedSuccessfully, "only what never waits can be measured on one thread");
            await call;
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }

    private static RequestContext<CallToolRequestParams> Request(McpServer server, McpServerTool? tool)
    {
        JsonNode message = JsonNode.Parse("""{ "name": "echo", "arguments": { "text": "a text of some length", "times": 3 } }""")!;
        var arguments = message["arguments"].Deserialize<Dictionary<string, JsonElement>>();
        var request = new JsonRpcRequest { Method = "tools/call", Params = message };
        return new RequestContext<CallToolRequestParams>(server, request, new CallToolRequestParams { Name = "echo", Arguments = arguments })
        {
            MatchedPrimitive = tool,
        };
    }
}
