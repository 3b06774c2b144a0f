using System.Text.Json;
using PolicyLayer.Sdk.Mcp.Clients;

namespace PolicyLayer.Sdk.Mcp.Tests.ClientSide;

public sealed class ListedToolsTests
{
    // A server lists as many as it likes, each made up so that compiling it takes long.
    [Fact]
    public void Schema_is_compiled_for_the_first_call_and_not_for_the_listing()
    {
        string members = string.Join(',', Enumerable.Range(0, 200).Select(static i => $$"""
            "m{{i}}": { "type": "string", "pattern": "^[\\p{L}{{i}}]{1,40}$" }
            """));
        JsonElement tool = JsonElement.Parse($$"""{ "name": "search", "annotations": { "readOnlyHint": true }, "inputSchema": { "type": "object", "properties": { {{members}} } } }""");
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Parse("""{ "version": "1", "default": "allow", "tools": {} }"""));
        var tools = new ListedTools(new ClientGuard(guard, null, new ToolSchemaEnforcement(true, strict: true, []), null));
        Assert.True(tools.IsShown(tool));

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(tools.IsShown(tool));
        long listing = GC.GetAllocatedBytesForCurrentThread() - before;
        ToolCallContext? called = tools.Find("search");
        long call = GC.GetAllocatedBytesForCurrentThread() - before - listing;

        Assert.InRange(listing, 1, call / 5);
        Assert.Null(called!.InputSchema!.Problem);
        Assert.Same(called, tools.Find("search"));
    }
}
