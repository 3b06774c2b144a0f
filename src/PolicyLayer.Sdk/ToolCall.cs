using System.Diagnostics.CodeAnalysis;

namespace PolicyLayer.Sdk;

/// <summary>A tool call as the model asked for it, to be judged.</summary>
/// <remarks>The arguments are not copied: they must not change, nor be disposed, until the call is settled.</remarks>
public readonly struct ToolCall
{
    private readonly ToolArguments _arguments;

    /// <summary>Describes a call.</summary>
    /// <param name="grant">Who calls. Null is denied with <see cref="DecisionReason.NoPolicy"/>.</param>
    /// <param name="tool">The tool's exact name.</param>
    /// <param name="arguments">Its arguments; the default means none.</param>
    public ToolCall(Grant? grant, string tool, ToolArguments arguments = default)
    {
        ArgumentNullException.ThrowIfNull(tool);
        Grant = grant;
        Tool = tool;
        _arguments = arguments;
    }

    /// <summary>Who calls; null when the host found no grant.</summary>
    public Grant? Grant { get; }

    /// <summary>The tool's exact name, compared ordinally.</summary>
    public string Tool { get; }

    /// <summary>The arguments.</summary>
    public ToolArguments Arguments => _arguments;

    /// <summary>The session of the host's that the call belongs to: for the audit, the scope <c>session</c> and the path <c>session.id</c>. Null when there is none. Never take it from the client.</summary>
    public string? Session { get; init; }

    /// <summary>The user behind the grant: for the audit, the scope <c>user</c> and the path <c>user.id</c>. Null when there is none.</summary>
    public string? User { get; init; }

    /// <summary>The server that offers the tool, as the host calls it: for the audit, and because an approval lets a call run on that server alone. Null where the host has one, or none. Never take it from the server.</summary>
    public string? Server { get; init; }

    /// <summary>What else conditions may ask for; null for nothing.</summary>
    public ToolCallContext? Context { get; init; }

    /// <summary>When it is cancelled, no person is waited for any more: a call that is held for an answer, or comes later, is refused with <see cref="DecisionReason.ApprovalRequired"/>, and what waits in a store of approvals goes on waiting there. For a host that stops, or a client that may be gone. The default never ends.</summary>
    public CancellationToken HeldUntil { get; init; }

    /// <summary>The arguments where they are, not copied.</summary>
    [UnscopedRef]
    internal ref readonly ToolArguments GivenArguments => ref _arguments;
}
