using System.Collections.Concurrent;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Tests;

/// <summary>Tools that tell the test when they ran.</summary>
internal sealed class TestTools
{
    public ConcurrentQueue<string> Ran { get; } = [];

    /// <summary>A tool that answers with its argument <c>text</c>.</summary>
    public McpServerTool Named(string name) => McpServerTool.Create(
        (string text = "") =>
        {
            Ran.Enqueue(name);
            return $"{name}({text})";
        },
        new McpServerToolCreateOptions { Name = name });

    /// <summary>A tool that fails.</summary>
    public McpServerTool Failing(string name) => McpServerTool.Create(
        string () =>
        {
            Ran.Enqueue(name);
            throw new InvalidDataException("secret of the tool");
        },
        new McpServerToolCreateOptions { Name = name });

    /// <summary>Several tools, by name.</summary>
    public McpServerTool[] All(params string[] names) => [.. names.Select(Named)];
}
