using System.Text.Json;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Testing.Replay;

namespace PolicyLayer.Cli.Replay;

/// <summary>What to say of calls that are held to no schema of the tool's own, once for each tool.</summary>
internal sealed class SchemaNotes(ToolCatalog? tools)
{
    private readonly HashSet<string> _noted = new(StringComparer.Ordinal);

    /// <summary>What to say of a call, or null.</summary>
    public string? On(CallLine call)
    {
        CatalogTool? tool = tools?.Find(call.Tool);
        return tools is null || tool is { InputSchema.ValueKind: not JsonValueKind.Undefined } || !_noted.Add(call.Tool) ? null
            : $"`{call.Tool}` {(tool is null ? "is not" : "has no `inputSchema`")} in the list of --tools, so its arguments are held to the policy alone";
    }
}
