using System.Collections.Concurrent;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Tests.Messages;

/// <summary>The tools <c>echo</c> and <c>other</c>, and every text that one of them was bound to.</summary>
internal sealed class SaidTexts
{
    public ConcurrentQueue<string> All { get; } = [];

    public IEnumerable<McpServerTool> Tools => [Named("echo"), Named("other")];

    private McpServerTool Named(string name) => McpServerTool.Create(
        (string text = "nothing") =>
        {
            All.Enqueue(name == "echo" ? text : name);
            return text;
        },
        new McpServerToolCreateOptions { Name = name });
}
