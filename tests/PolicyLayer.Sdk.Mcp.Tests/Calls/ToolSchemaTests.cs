using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Tests.Calls;

/// <summary>A tool's own schema is enforced, for the SDK binds arguments more loosely than rules read them.</summary>
public sealed class ToolSchemaTests
{
    private const string Everything = """{ "version": "1", "default": "allow" }""";

    /// <summary>The SDK would bind <c>{"opts":{"PATH":"/etc/passwd"}}</c>, which this does not see.</summary>
    private const string NoPasswords = """
        { "version": "1", "default": "deny", "tools": { "read": { "deny_if": [{ "conditions": [{ "path": "args.opts.path", "op": "starts_with", "value": "/etc" }] }] } } }
        """;

    private readonly List<string?> _read = [];

    [Theory]
    [InlineData("""{ "opts": { "path": "/srv/a" }, "times": 1 }""", "allowed")]
    [InlineData("""{ "opts": { "path": "/etc/passwd" }, "times": 1 }""", "deny_if")]
    [InlineData("""{ "opts": { "PATH": "/etc/passwd" }, "times": 1 }""", "invalid_arguments")]
    [InlineData("""{ "opts": { "path": "/srv/a" }, "times": "1" }""", "invalid_arguments")]
    [InlineData("""{ "opts": { "path": "/srv/a" }, "times": 1, "more": 1 }""", "invalid_arguments")]
    [InlineData("""{ "Opts": { "path": "/srv/a" }, "times": 1 }""", "invalid_arguments")]
    public async Task Call_is_held_to_the_tools_schema(string arguments, string reason)
    {
        await using TestServer server = await StartAsync(NoPasswords);
        CallToolResult result = await server.Client.CallRawAsync("read", arguments);
        Assert.Equal(reason, result.Reason());
        Assert.Equal(reason == "allowed" ? ["/srv/a"] : [], _read);
        if (reason == "invalid_arguments")
        {
            Assert.Equal("(input schema)", result.Decision()["rule"]!.GetValue<string>());
            Assert.DoesNotContain("passwd", result.Text(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Enforcement_can_be_left_out()
    {
        await using TestServer server = await StartAsync(NoPasswords, static options => options.EnforceToolSchemas = false);
        Assert.Equal("allowed", (await server.Client.CallRawAsync("read", """{ "opts": { "PATH": "/etc/passwd" }, "times": "1", "more": 1 }""")).Reason());
        Assert.Equal(["/etc/passwd"], _read);
    }

    [Fact]
    public async Task Strictness_can_be_left_out()
    {
        await using TestServer server = await StartAsync(NoPasswords, static options => options.StrictToolSchemas = false);
        Assert.Equal("allowed", (await server.Client.CallRawAsync("read", """{ "opts": { "path": "/srv/a" }, "times": 1, "more": 1 }""")).Reason());
        Assert.Equal("invalid_arguments", (await server.Client.CallRawAsync("read", """{ "opts": { "PATH": "/srv/a" }, "times": 1 }""")).Reason());
    }

    [Fact]
    public async Task Options_of_both_calls_count()
    {
        await using TestServer server = await TestServer.StartAsync(
            Everything, builder => builder.WithToolPolicies().WithTools([Reader()]).WithToolPolicies(static options => options.EnforceToolSchemas = false));
        Assert.Equal("allowed", (await server.Client.CallRawAsync("read", """{ "opts": { "PATH": "a" }, "times": 1 }""")).Reason());
    }

    [Fact]
    public async Task Tool_whose_schema_cannot_be_enforced_is_not_called()
    {
        McpServerTool tool = Reader();
        tool.ProtocolTool.InputSchema = JsonElement.Parse("""{ "type": "object", "properties": { "opts": { "$ref": "https://example.com/opts.json" } } }""");
        await using TestServer server = await TestServer.StartAsync(Everything, builder => builder.WithTools([tool]).WithToolPolicies());
        CallToolResult result = await server.Client.CallRawAsync("read", """{ "opts": { "path": "a" }, "times": 1 }""");
        Assert.Equal("invalid_arguments", result.Reason());
        Assert.StartsWith("The input schema of this tool cannot be enforced here", result.Text(), StringComparison.Ordinal);
        Assert.Empty(_read);
    }

    [Fact]
    public async Task Custom_handler_that_lists_nothing_has_no_schema()
    {
        await using TestServer server = await TestServer.StartAsync(Everything, static builder => builder
            .WithCallToolHandler(static (_, _) => new ValueTask<CallToolResult>(new CallToolResult { Content = [new TextContentBlock { Text = "ran" }] }))
            .WithToolPolicies());
        Assert.Equal("ran", (await server.Client.CallRawAsync("any", """{ "x": 1, "X": 2 }""")).Text());
    }

    [Theory]
    [InlineData(true, 1, "invalid_arguments")]
    [InlineData(true, 2, "allowed")]
    [InlineData(false, 1, "invalid_arguments")]
    [InlineData(false, 2, "allowed")]
    public async Task Hosts_validator_is_asked_whatever_else_is(bool enforce, int times, string reason)
    {
        await using TestServer server = await StartAsync(Everything, options =>
        {
            options.EnforceToolSchemas = enforce;
            options.ArgumentValidators["read"] = new EvenTimes();
        });
        Assert.Equal(reason, (await server.Client.CallRawAsync("read", $$"""{ "opts": { "path": "a" }, "times": {{times}} }""")).Reason());
        Assert.Equal(enforce ? "invalid_arguments" : "allowed", (await server.Client.CallRawAsync("read", """{ "opts": { "PATH": "a" }, "times": 2 }""")).Reason());
    }

    [Fact]
    public async Task Hosts_validator_is_asked_for_a_custom_handler_too()
    {
        await using TestServer server = await TestServer.StartAsync(Everything, static builder => builder
            .WithCallToolHandler(static (_, _) => new ValueTask<CallToolResult>(new CallToolResult { Content = [new TextContentBlock { Text = "ran" }] }))
            .WithToolPolicies(static options => options.ArgumentValidators["read"] = new EvenTimes()));
        Assert.Equal("ran", (await server.Client.CallRawAsync("read", """{ "times": 2 }""")).Text());
        Assert.Equal("ran", (await server.Client.CallRawAsync("other", """{ "times": 1 }""")).Text());
        CallToolResult refused = await server.Client.CallRawAsync("read", """{ "times": 1 }""");
        Assert.Equal("The arguments are not valid: `times` must be even. Correct them and call again.", refused.Text());
    }

    private Task<TestServer> StartAsync(string policy, Action<ToolPolicyMcpOptions>? configure = null) =>
        TestServer.StartAsync(policy, builder => builder.WithTools([Reader()]).WithToolPolicies(configure));

    private McpServerTool Reader() => McpServerTool.Create(
        (ReadOptions opts, int times) =>
        {
            _read.Add(opts.Path);
            return times;
        },
        new McpServerToolCreateOptions { Name = "read" });

    private sealed class EvenTimes : IArgumentValidator
    {
        public ArgumentProblem? Validate(JsonElement arguments) =>
            arguments.GetProperty("times").GetInt32() % 2 == 0 ? null : new ArgumentProblem("`times` must be even");
    }

    private sealed record ReadOptions(string? Path = null, int? Lines = null);
}
