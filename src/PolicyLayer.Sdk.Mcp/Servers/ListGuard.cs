using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>Leaves hidden tools out of a listing.</summary>
internal sealed class ListGuard(ToolGuard guard, CallerGrants grants)
{
    public McpRequestHandler<ListToolsRequestParams, ListToolsResult> Enclose(McpRequestHandler<ListToolsRequestParams, ListToolsResult> next) =>
        async (context, cancellationToken) =>
        {
            Grant? grant = await grants.FindAsync(context, cancellationToken).ConfigureAwait(false);
            ListToolsResult all = await next(context, cancellationToken).ConfigureAwait(false);

            // A new result: a handler may give the same one to every caller. What one caller may see, no cache may show to another.
            return new ListToolsResult
            {
                Tools = [.. all.Tools.Where(tool => guard.IsListed(grant, tool.Name))],
                NextCursor = all.NextCursor,
                TimeToLive = all.TimeToLive,
                CacheScope = all.CacheScope is null ? null : CacheScope.Private,
                Meta = all.Meta,
                ResultType = all.ResultType,
            };
        };
}
