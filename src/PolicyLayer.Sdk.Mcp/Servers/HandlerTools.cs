using System.Runtime.CompilerServices;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Sdk.Mcp.Telemetry;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>The tools that only a server's own handlers know: what its list handler declares of them, asked when one is first called.</summary>
internal sealed class HandlerTools
{
    /// <summary>A list without end is not believed.</summary>
    private const int MostPages = 1_000;

    private readonly ConditionalWeakTable<McpServerOptions, Dictionary<string, Tool?>> _listed = [];

    /// <summary>What the list handler declares.</summary>
    /// <returns>Whether the tool can be called as it is listed, and how it is. A tool that is not listed is taken as it is; one whose listing fails, or that is listed twice, cannot be called.</returns>
    public async ValueTask<(bool IsKnown, Tool? Tool)> FindAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        if (context.Server.ServerOptions.Handlers.ListToolsHandler is not { } list || context.Params?.Name is not { } name)
        {
            return (true, null);
        }

        McpServerOptions options = context.Server.ServerOptions;
        if (_listed.TryGetValue(options, out Dictionary<string, Tool?>? tools) && tools.TryGetValue(name, out Tool? tool))
        {
            return (tool is not null, tool);
        }

        try
        {
            tools = await ListAsync(list, context, tools, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.ListingFailed(context, e.GetType().Name);
            return (false, null);
        }

        _listed.AddOrUpdate(options, tools);
        return tools.TryGetValue(name, out tool) ? (tool is not null, tool) : (true, null);
    }

    /// <summary>Every page. A tool that was known before stays what it was; null stands for one that is listed twice.</summary>
    private static async Task<Dictionary<string, Tool?>> ListAsync(
        McpRequestHandler<ListToolsRequestParams, ListToolsResult> list,
        RequestContext<CallToolRequestParams> call,
        Dictionary<string, Tool?>? known,
        CancellationToken cancellationToken)
    {
        var tools = new Dictionary<string, Tool?>(StringComparer.Ordinal);
        string? cursor = null;
        int pages = 0;
        do
        {
            if (pages++ == MostPages)
            {
                throw new InvalidOperationException("the list has no end");
            }

            ListToolsResult page = await list(Ask(call, cursor), cancellationToken).ConfigureAwait(false);
            foreach (Tool tool in page.Tools)
            {
                tools[tool.Name] = tools.ContainsKey(tool.Name) ? null : tool;
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);

        foreach ((string name, Tool? tool) in known ?? [])
        {
            tools[name] = tool;
        }

        return tools;
    }

    /// <summary>The list as whoever calls would ask for it.</summary>
    private static RequestContext<ListToolsRequestParams> Ask(RequestContext<CallToolRequestParams> call, string? cursor)
    {
        var request = new JsonRpcRequest { Id = call.JsonRpcRequest.Id, Method = RequestMethods.ToolsList, Context = call.JsonRpcRequest.Context };
        return new RequestContext<ListToolsRequestParams>(call.Server, request, new ListToolsRequestParams { Cursor = cursor }) { Services = call.Services, User = call.User };
    }
}
