using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>A place in a policy that can refuse a call, and what its author wants the agent to read then.</summary>
/// <param name="parent">A JSON pointer into the policy to what is around the place; or, without a name, a word in brackets.</param>
/// <param name="name">The place's name there, or null.</param>
/// <param name="text">The author's text (<c>on_deny</c>, <c>reason</c>), or null.</param>
internal sealed class RuleReference(string parent, string? name = null, string? text = null)
{
    /// <summary>A JSON pointer into the policy, or a word in brackets. Built when it is read.</summary>
    public string Id => name is null ? parent : $"{parent}/{JsonPointer.Escape(name)}";

    public string? Text { get; } = text;
}
