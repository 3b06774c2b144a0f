namespace ModelContextProtocol.Server;

/// <summary>Stands for the type of the same name that an MCP server registers options of.</summary>
internal sealed class McpServerOptions;
