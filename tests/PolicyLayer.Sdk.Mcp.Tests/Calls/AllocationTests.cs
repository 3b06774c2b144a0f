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
        CallHandler handler = new CallGuard(guard, new CallerGrants(null)).Protect((_, _) => new ValueTask<CallToolResult>(result));

        await MeasureAsync(handler, connection.Server);
        long bytes = await MeasureAsync(handler, connection.Server);
        output.WriteLine($"{bytes} bytes a call");

        // The judgement, the members it compares with, the request's items, and the nodes in which twin keys are looked for.
        Assert.InRange(bytes, 0, MostBytes);
    }

    private static async Task<long> MeasureAsync(CallHandler handler, McpServer server)
    {
        RequestContext<CallToolRequestParams>[] requests = [.. Enumerable.Range(0, Calls).Select(_ => Request(server))];
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (RequestContext<CallToolRequestParams> request in requests)
        {
            ValueTask<CallToolResult> call = handler(request, CancellationToken.None);
            Assert.True(call.IsCompletedSuccessfully, "only what never waits can be measured on one thread");
            await call;
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }

    private static RequestContext<CallToolRequestParams> Request(McpServer server)
    {
        JsonNode message = JsonNode.Parse("""{ "name": "echo", "arguments": { "text": "a text of some length", "times": 3 } }""")!;
        var arguments = message["arguments"].Deserialize<Dictionary<string, JsonElement>>();
        return new RequestContext<CallToolRequestParams>(
            server, new JsonRpcRequest { Method = "tools/call", Params = message }, new CallToolRequestParams { Name = "echo", Arguments = arguments });
    }
}
