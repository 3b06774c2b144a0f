using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.EndToEnd.Tests.Ways.Adapters;

/// <summary>A tool of an MCP server that takes whatever it is given, and says so.</summary>
internal sealed class RecordingTool(Tool tool, Trail trail) : McpServerTool
{
    public override Tool ProtocolTool => tool;

    public override IReadOnlyList<object> Metadata => [];

    public static Tool[] Read(WayCase of) => [.. of.Tools.Select(static tool => tool.Deserialize<Tool>(McpJsonUtilities.DefaultOptions)!)];

    public static RecordingTool[] All(WayCase of, Trail trail) => [.. Read(of).Select(tool => new RecordingTool(tool, trail))];

    public override ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default) =>
        new(Run(tool.Name, request.Params, trail));

    public static CallToolResult Run(string tool, CallToolRequestParams call, Trail trail)
    {
        trail.Run(Canonical.Of(tool, call.Arguments ?? new Dictionary<string, JsonElement>()));
        return new CallToolResult { IsError = tool == WayCase.Failing, Content = [new TextContentBlock { Text = "ran" }] };
    }
}
