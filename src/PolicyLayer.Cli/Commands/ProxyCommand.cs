using System.CommandLine;
using PolicyLayer.Cli.Proxying;

namespace PolicyLayer.Cli.Commands;

/// <summary><c>policylayer proxy</c>: policies in front of an MCP server that knows nothing of them.</summary>
internal static class ProxyCommand
{
    public static Command Create(CommandStreams streams)
    {
        var options = new ProxyOptions();
        var command = new ExampledCommand(
            "proxy",
            "stands in front of an MCP server, on stdio or over HTTP, and judges every tool call before the server sees it",
            "policylayer proxy --policy policy.json -- npx -y @modelcontextprotocol/server-filesystem /data",
            "policylayer proxy --policy policy.json --audit audit.jsonl -- python3 server.py",
            "policylayer proxy --policy policy.json --state sqlite:state.db --approval-wait 50 -- python3 server.py",
            "policylayer proxy --policy policy.json --upstream https://mcp.example.com/mcp --listen http://127.0.0.1:8080/mcp --grants grants.json");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ProxySettings settings = await options.ReadAsync(parsed, cancellationToken).ConfigureAwait(false);
            return await GuardingProxy.RunAsync(settings, streams, cancellationToken).ConfigureAwait(false);
        });
        return command;
    }
}
