namespace PolicyLayer.Sdk;

/// <summary>How an MCP server's calls are guarded.</summary>
public sealed class ToolPolicyMcpOptions
{
    /// <summary>Whether the arguments of a call must satisfy the tool's own <c>inputSchema</c>, behind the schemas of the policies. On at first. A tool whose schema cannot be enforced is then not called at all.</summary>
    /// <remarks>Off, a tool may be bound to values that no rule has seen: the SDK takes <c>"7"</c> for 7, and names of nested members in whatever case.</remarks>
    public bool EnforceToolSchemas { get; set; } = true;

    /// <summary>Whether arguments that a tool's <c>inputSchema</c> does not declare are denied where it says nothing of them. On at first. Without <see cref="EnforceToolSchemas"/> it says nothing.</summary>
    public bool StrictToolSchemas { get; set; } = true;

    /// <summary>Validators of a host's own, by the exact name of the tool: each is asked behind the tool's <c>inputSchema</c>, and both must hold; without <see cref="EnforceToolSchemas"/> it is asked alone. Empty at first.</summary>
    /// <remarks>Read once, when calls begin to be guarded. See <see cref="IArgumentValidator"/> for what a validator must do.</remarks>
    public IDictionary<string, IArgumentValidator> ArgumentValidators { get; } = new Dictionary<string, IArgumentValidator>(StringComparer.Ordinal);

    /// <summary>What decisions call the server that offers the tools: <see cref="ToolCall.Server"/>. Null, as at first: of a guarded server the name that its clients see (its <c>ServerInfo</c>, or else the program's own name), of a guarded client the name of its transport.</summary>
    /// <remarks>A server that only has an address, or a command line, goes by its host or its program, with a hash of all of it: they may hold secrets. The servers of a proxy that has several go by the names that its options give them.</remarks>
    public string? ServerName { get; set; }

    internal ToolSchemaEnforcement ToEnforcement() => new(EnforceToolSchemas, StrictToolSchemas, ArgumentValidators);
}
