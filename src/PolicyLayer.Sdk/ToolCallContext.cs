using System.Text.Json;

namespace PolicyLayer.Sdk;

/// <summary>What a host knows around a call beyond who calls: conditions can ask for it.</summary>
/// <remarks>Immutable; one instance may serve many calls. Its elements must live until the call is settled. What is absent here is absent for conditions: false for all of them but <c>exists</c>.</remarks>
public sealed class ToolCallContext
{
    /// <summary>What the host says for this call, an object: the paths <c>context.…</c>. Undefined: nothing.</summary>
    public JsonElement Values { get; init; }

    /// <summary>What is known of the user, an object: the paths <c>user.claims.…</c>. A claim with several values is a list. So should be roles and groups where there is one: of a text <c>contains</c> finds any part. Undefined: nothing.</summary>
    public JsonElement UserClaims { get; init; }

    /// <summary>The tool's own annotations, an object: the paths <c>tool.annotations.…</c>. The server that offers the tool says them, so believe them as far as you believe it. Undefined: nothing.</summary>
    public JsonElement ToolAnnotations { get; init; }

    /// <summary>What the tool itself demands of its arguments: they are held to it after the policies' own schemas. Null: nothing.</summary>
    public ToolSchema? InputSchema { get; init; }
}
