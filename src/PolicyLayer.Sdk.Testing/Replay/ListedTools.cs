using System.Text.Json;

namespace PolicyLayer.Sdk.Testing.Replay;

/// <summary>What is known of tools from a list of them: their annotations, and the schemas that their calls are held to.</summary>
internal sealed class ListedTools(ToolCatalog tools, ToolSchemaEnforcement schemas)
{
    private readonly Dictionary<string, ToolSchema?> _schemas = new(StringComparer.Ordinal);

    /// <summary>What a server would know around a call.</summary>
    public ToolCallContext Around(CallLine call) => tools.Find(call.Tool) is { } tool
        ? new ToolCallContext { Values = call.Context, ToolAnnotations = tool.Annotations, InputSchema = SchemaOf(tool) }
        : new ToolCallContext { Values = call.Context };

    /// <summary>Compiled with the first call, as in a server.</summary>
    private ToolSchema? SchemaOf(CatalogTool tool)
    {
        if (tool.InputSchema.ValueKind == JsonValueKind.Undefined)
        {
            return null;
        }

        if (!_schemas.TryGetValue(tool.Name, out ToolSchema? schema))
        {
            schema = schemas.Compile(tool.Name, tool.InputSchema);
            _schemas.Add(tool.Name, schema);
        }

        return schema;
    }
}
