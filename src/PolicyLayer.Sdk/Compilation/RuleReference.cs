namespace PolicyLayer.Sdk.Compilation;

/// <summary>A place in a policy that can refuse a call, and what its author wants the agent to read then.</summary>
internal sealed class RuleReference(string id, string? text = null)
{
    /// <summary>A JSON pointer into the policy, or a name in brackets.</summary>
    public string Id { get; } = id;

    /// <summary>The author's text (<c>on_deny</c>, <c>reason</c>), or null.</summary>
    public string? Text { get; } = text;
}
