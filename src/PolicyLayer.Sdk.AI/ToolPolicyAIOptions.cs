namespace PolicyLayer.Sdk;

/// <summary>How an agent's functions are guarded.</summary>
public sealed class ToolPolicyAIOptions
{
    /// <summary>Whether the arguments of a call must satisfy the function's own <c>JsonSchema</c>, behind the schemas of the policies. On at first. A function whose schema cannot be enforced is then not called at all.</summary>
    /// <remarks>Off, a function may be bound to values that no rule has seen: the binder takes <c>"7"</c> for 7, and names of nested members in whatever case.</remarks>
    public bool EnforceToolSchemas { get; set; } = true;

    /// <summary>Whether arguments that a function's <c>JsonSchema</c> does not declare are denied where it says nothing of them. On at first. Without <see cref="EnforceToolSchemas"/> it says nothing.</summary>
    public bool StrictToolSchemas { get; set; } = true;

    /// <summary>Validators of a host's own, by the exact name of the function: each is asked behind the function's <c>JsonSchema</c>, and both must hold; without <see cref="EnforceToolSchemas"/> it is asked alone. Empty at first.</summary>
    /// <remarks>Read once, when calls begin to be guarded. See <see cref="IArgumentValidator"/> for what a validator must do.</remarks>
    public IDictionary<string, IArgumentValidator> ArgumentValidators { get; } = new Dictionary<string, IArgumentValidator>(StringComparer.Ordinal);

    /// <summary>Who says whose call it is. Null asks the <see cref="IGrantResolver"/> among the services that come with the arguments; where none is registered, the caller is <see cref="Grant.Default"/>.</summary>
    public IGrantResolver? GrantResolver { get; set; }

    /// <summary>The conversation that the calls belong to: for the audit, the scope <c>session</c> and the path <c>session.id</c>. Null when there is none. Never take it from the model.</summary>
    public string? Session { get; set; }

    /// <summary>The user behind the grant: for the audit, the scope <c>user</c> and the path <c>user.id</c>. Null when there is none. Never take it from the model.</summary>
    public string? User { get; set; }

    /// <summary>The server that offers the functions, as the host calls it: <see cref="ToolCall.Server"/>. Null, as at first: they are the host's own.</summary>
    public string? ServerName { get; set; }

    /// <summary>What else conditions may ask for, the same for every call; null for nothing. Its <see cref="ToolCallContext.InputSchema"/> is not used: each function has its own.</summary>
    public ToolCallContext? Context { get; set; }

    internal ToolSchemaEnforcement ToEnforcement() => new(EnforceToolSchemas, StrictToolSchemas, ArgumentValidators);
}
