using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Tests.Calls;

/// <summary>The tools of a custom call handler are held to what the list handler declares.</summary>
public sealed class HandlerToolTests
{
    private const string Everything = """{ "version": "1", "default": "allow" }""";
    private const string Text = """{ "type": "object", "properties": { "text": { "type": "string" } } }""";

    private readonly List<string?> _askedFor = [];

    [Theory]
    [InlineData("echo", """{ "text": "a" }""", "allowed")]
    [InlineData("echo", """{ "text": 1 }""", "invalid_arguments")]
    [InlineData("echo", """{ "TEXT": "a" }""", "invalid_arguments")]
    [InlineData("echo", """{ "text": "a", "more": 1 }""", "invalid_arguments")]
    [InlineData("unlisted", """{ "text": 1 }""", "allowed")]
    [InlineData("twice", """{ "text": "a" }""", "invalid_arguments")]
    public async Task Call_is_held_to_the_listed_schema(string tool, string arguments, string reason)
    {
        await using TestServer server = await StartAsync(_ => new ListToolsResult { Tools = [Declare("echo"), Declare("twice"), Declare("twice")] });
        Assert.Equal(reason, (await server.Client.CallRawAsync(tool, arguments)).Reason());
    }

    [Theory]
    [InlineData("""{ "text": 1 }""", true, "invalid_arguments")]
    [InlineData("""{ "text": 1 }""", false, "allowed")]
    public async Task Protected_handler_is_held_to_it_too(string arguments, bool enforce, string reason)
    {
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Parse(Everything));
        var options = new McpServerOptions
        {
            Handlers =
            {
                CallToolHandler = guard.Protect(Run, null, options => options.EnforceToolSchemas = enforce),
                ListToolsHandler = guard.Protect((_, _) => new ValueTask<ListToolsResult>(new ListToolsResult { Tools = [Declare("echo")] })),
            },
        };
        await using var connection = await TestServer.Connection.OpenAsync(options);
        Assert.Equal(reason, (await connection.Client.CallRawAsync("echo", arguments)).Reason());
    }

    [Fact]
    public async Task Every_page_is_read_and_asked_for_again_only_for_a_tool_that_is_not_known()
    {
        await using TestServer server = await StartAsync(cursor => cursor is null
            ? new ListToolsResult { Tools = [Declare("first")], NextCursor = "2" }
            : new ListToolsResult { Tools = [Declare("second")] });
        foreach (string tool in new[] { "second", "first", "second" })
        {
            Assert.Equal("invalid_arguments", (await server.Client.CallRawAsync(tool, """{ "text": 1 }""")).Reason());
        }

        Assert.Equal([null, "2"], _askedFor);
        await server.Client.CallRawAsync("unlisted", "{}");
        Assert.Equal([null, "2", null, "2"], _askedFor);
    }

    [Fact]
    public async Task First_schema_of_a_tool_stays()
    {
        string declared = Text;
        await using TestServer server = await StartAsync(_ => new ListToolsResult { Tools = [Declare("echo", declared), Declare("later")] });
        Assert.Equal("allowed", (await server.Client.CallRawAsync("echo", """{ "text": "a" }""")).Reason());
        declared = """{ "type": "object", "additionalProperties": true }""";
        await server.Client.CallRawAsync("unlisted", "{}");
        Assert.Equal("invalid_arguments", (await server.Client.CallRawAsync("echo", """{ "other": "a" }""")).Reason());
    }

    [Fact]
    public async Task Listing_that_fails_or_has_no_end_refuses_the_call()
    {
        bool throws = true;
        await using TestServer server = await StartAsync(_ => throws ? throw new InvalidOperationException("secret") : new ListToolsResult { NextCursor = "more" });
        CallToolResult refused = await server.Client.CallRawAsync("echo", """{ "text": "a" }""");
        Assert.Equal("invalid_arguments", refused.Reason());
        Assert.DoesNotContain("secret", refused.Text(), StringComparison.Ordinal);
        throws = false;
        Assert.Equal("invalid_arguments", (await server.Client.CallRawAsync("echo", """{ "text": "a" }""")).Reason());
        Assert.Equal(1_001, _askedFor.Count);
    }

    [Fact]
    public async Task Conditions_see_the_annotations_that_are_listed()
    {
        const string ReadOnly = """{ "version": "1", "default": "allow", "all_tools": { "require": [{ "conditions": [{ "path": "tool.annotations.readOnlyHint", "op": "eq", "value": true }] }] } }""";
        Tool read = Declare("read");
        read.Annotations = new ToolAnnotations { ReadOnlyHint = true };
        await using TestServer server = await StartAsync(_ => new ListToolsResult { Tools = [read, Declare("write")] }, ReadOnly);
        Assert.Equal("allowed", (await server.Client.CallRawAsync("read", "{}")).Reason());
        Assert.Equal("require_failed", (await server.Client.CallRawAsync("write", "{}")).Reason());
    }

    private static Tool Declare(string name, string schema = Text) => new() { Name = name, InputSchema = JsonElement.Parse(schema) };

    private static ValueTask<CallToolResult> Run(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken) => new(new CallToolResult());

    private Task<TestServer> StartAsync(Func<string?, ListToolsResult> list, string policy = Everything) => TestServer.StartAsync(policy, builder => builder
        .WithCallToolHandler(Run)
        .WithListToolsHandler((context, _) =>
        {
            _askedFor.Add(context.Params?.Cursor);
            return new ValueTask<ListToolsResult>(list(context.Params?.Cursor));
        })
        .WithToolPolicies());
}
