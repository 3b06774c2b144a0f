using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Python;

// A host that is compiled ahead of time: an MCP server, the proxy, limits and approvals in a file, the audit, a function of an agent.
const string Policy = """
    { "version": "1", "default": "deny", "tools": {
        "run_python_code": { "arguments": { "type": "object", "required": ["code"], "properties": { "code": { "type": "string", "maxLength": 100 } } },
                             "limits": [{ "counter": "python", "window": "hour", "max": 1 }] },
        "answer": { "require": [{ "conditions": [{ "path": "args.question", "op": "regex", "value": "^[a-z ]+$" }] }] },
        "erase": { "action": "require_approval" } } }
    """;
string folder = Directory.CreateTempSubdirectory("native-").FullName;
var toServer = new Pipe();
var toClient = new Pipe();

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders();
builder.Services.AddToolPolicies(o => o.AddPolicy(ToolPolicy.Parse(Policy)))
                .UseSqlite(Path.Combine(folder, "state.db"))
                .UseSqliteApprovals(Path.Combine(folder, "state.db"))
                .AddAuditFile(Path.Combine(folder, "audit.jsonl"));
builder.Services.AddMcpServer()
                .WithStreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream())
                .WithTools([McpServerTool.Create(PythonTool.Create(new PythonRunner())), McpServerTool.Create(new Answer("answer")), McpServerTool.Create(new Answer("erase"))])
                .WithToolPolicies();
WebApplication app = builder.Build();
app.MapToolPolicyProxy("/mcp", o => o.Upstreams[string.Empty] = new ToolPolicyUpstream(new Uri("http://127.0.0.1:1/mcp")));
await app.StartAsync();

await using (McpClient client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream())))
{
    Check("invalid arguments are refused", Reason(await CallAsync("run_python_code", "code", "1" + new string(' ', 100))) == "invalid_arguments");
    Check("Python runs", Text(await CallAsync("run_python_code", "code", "print(6 * 7)")).Contains("42", StringComparison.Ordinal));
    Check("the second call is one too many", Reason(await CallAsync("run_python_code", "code", "print(1)")) == "limit_exceeded");
    Check("a condition holds", Text(await CallAsync("answer", "question", "how many")) == "42");
    Check("a condition that does not hold denies", Reason(await CallAsync("answer", "question", "How many?")) == "require_failed");
    Check("a call waits for approval", Reason(await CallAsync("erase", "question", "all")) == "approval_required");

    async Task<CallToolResult> CallAsync(string tool, string name, string value) => await client.CallToolAsync(tool, new Dictionary<string, object?> { [name] = value });
}

using (var http = new HttpClient())
{
    string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    var call = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"answer","arguments":{"question":"1"}}}""", new MediaTypeHeaderValue("application/json"));
    Check("the proxy judges", (await (await http.PostAsync(new Uri(address + "/mcp"), call)).Content.ReadAsStringAsync()).Contains("\"reason\":\"require_failed\"", StringComparison.Ordinal));
}

Check("an agent's function is guarded", $"{await new Answer("other").WithToolPolicy(app.Services.GetRequiredService<ToolGuard>()).InvokeAsync()}".Contains("default_deny", StringComparison.Ordinal));
await app.StopAsync();
await app.DisposeAsync();
Check("every decision is recorded", (await File.ReadAllLinesAsync(Path.Combine(folder, "audit.jsonl"))).Count(line => line.Contains("\"decision\"", StringComparison.Ordinal)) >= 8);
Directory.Delete(folder, recursive: true);
Console.WriteLine("Compiled ahead of time, it works.");

static string Text(CallToolResult result) => string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));

static string? Reason(CallToolResult result) => (string?)result.Meta?["policylayer/decision"]?["reason"];

static void Check(string what, bool holds)
{
    Console.WriteLine($"{(holds ? "ok    " : "FAILED")} {what}");
    if (!holds)
    {
        Environment.Exit(1);
    }
}

// A function without reflection.
internal sealed class Answer(string name) : AIFunction
{
    public override string Name => name;

    public override JsonElement JsonSchema { get; } = JsonElement.Parse("""{ "type": "object", "properties": { "question": { "type": "string" } } }""");

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => new("42");
}
