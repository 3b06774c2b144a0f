using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Schemas;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Python;

// What a user of the packages does, from each package once: a server in this process, a client over pipes.
ToolPolicy policy = ToolPolicy.Parse("""
    { "version": "1", "default": "deny", "tools": { "run_python_code": {
        "arguments": { "type": "object", "required": ["code"], "properties": { "code": { "type": "string", "maxLength": 100 } } },
        "limits": [{ "counter": "python", "window": "minute", "max": 1 }] } } }
    """);
var toServer = new Pipe();
var toClient = new Pipe();

HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
builder.Services.AddToolPolicies(o => o.AddPolicy(policy));
builder.Services.AddMcpServer()
                .WithStreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream())
                .WithTools([McpServerTool.Create(PythonTool.Create(new PythonRunner()))])
                .WithToolPolicies();
using IHost host = builder.Build();
await host.StartAsync();

await using McpClient client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()));
Check("invalid arguments are refused", (await CallAsync(new() { ["code"] = 1 })).IsError == true);
Check("Python runs", Text(await CallAsync(new() { ["code"] = "print(6 * 7)" })).Contains("42", StringComparison.Ordinal));
Check("the second call is one too many", Text(await CallAsync(new() { ["code"] = "print(1)" })).StartsWith("At most 1 call a minute", StringComparison.Ordinal));
Check("the validator works alone", !JsonSchema.Compile("""{ "type": "integer" }""").IsValid(JsonElement.Parse("1.5")));
Check("an agent's function is guarded", $"{await AIFunctionFactory.Create(() => 1, "other").WithToolPolicy(ToolGuard.Create(policy)).InvokeAsync()}".Contains("default_deny", StringComparison.Ordinal));
Console.WriteLine("The packages work.");

async Task<CallToolResult> CallAsync(Dictionary<string, object?> arguments) => await client.CallToolAsync("run_python_code", arguments);

static string Text(CallToolResult result) => string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));

static void Check(string what, bool holds)
{
    Console.WriteLine($"{(holds ? "ok    " : "FAILED")} {what}");
    if (!holds)
    {
        Environment.Exit(1);
    }
}
