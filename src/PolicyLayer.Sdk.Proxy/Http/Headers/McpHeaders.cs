namespace PolicyLayer.Sdk.Proxy.Http.Headers;

/// <summary>The headers of MCP over HTTP.</summary>
internal static class McpHeaders
{
    public const string SessionId = "Mcp-Session-Id";
    public const string ProtocolVersion = "MCP-Protocol-Version";
    public const string Method = "Mcp-Method";
    public const string Name = "Mcp-Name";
    public const string ParameterPrefix = "Mcp-Param-";
    public const string LastEventId = "Last-Event-ID";

    /// <summary>What of a client's request goes on to the server. Everything else is between the client and the proxy.</summary>
    public static readonly string[] ToServer = ["Accept", "User-Agent", "traceparent", "tracestate", SessionId, ProtocolVersion, Method, Name, LastEventId];

    /// <summary>What of a server's response goes on to the client.</summary>
    public static readonly string[] ToClient = [SessionId, ProtocolVersion, "Cache-Control", "Retry-After"];
}
