using System.Runtime.CompilerServices;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>Has servers tell their clients that the list of tools may have changed, when policies have. They do so as they tell of their own changes, in the way of each protocol revision.</summary>
internal sealed class ListingChanges
{
    /// <summary>Of the servers that live: over HTTP each session has one of its own.</summary>
    private readonly ConditionalWeakTable<McpServerPrimitiveCollection<McpServerTool>, object> _tools = [];

    public ListingChanges(ToolGuard guard) => guard.PoliciesChanged += (_, _) => Tell();

    /// <summary>Takes a server in that is being set up.</summary>
    public void Watch(McpServerOptions options)
    {
        // A server tells of the collection that it has; one of handlers alone has none, and would never say that its list can change.
        if (options.Handlers.ListToolsHandler is not null && options.Capabilities?.Tools?.ListChanged != false)
        {
            options.ToolCollection ??= [];
        }

        if (options.ToolCollection is { } tools)
        {
            _tools.AddOrUpdate(tools, tools);
        }
    }

    private void Tell()
    {
        foreach ((McpServerPrimitiveCollection<McpServerTool> tools, _) in _tools)
        {
            Raiser<McpServerTool>.RaiseChanged(tools);
        }
    }

    /// <summary>What derived collections may call: their contract says that it is raised for other reasons than their own changes too.</summary>
    private static class Raiser<TPrimitive>
        where TPrimitive : IMcpServerPrimitive
    {
        [UnsafeAccessor(UnsafeAccessorKind.Method)]
        public static extern void RaiseChanged(McpServerPrimitiveCollection<TPrimitive> collection);
    }
}
