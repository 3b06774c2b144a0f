using PolicyLayer.Cli.Commands;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Proxying;

/// <summary>What was said of a proxy.</summary>
internal sealed record ProxySettings
{
    /// <summary>The files of policies, which are followed; every one must allow.</summary>
    public required string[] Policies { get; init; }

    /// <summary>Whose calls they are.</summary>
    public required Grant Caller { get; init; }

    /// <summary>Where counters are kept, and calls that wait for approval.</summary>
    public required StateStore State { get; init; }

    /// <summary>How long a call waits for approval.</summary>
    public required TimeSpan ApprovalWait { get; init; }

    /// <summary>What the server is called; null: by its program or host.</summary>
    public required string? ServerName { get; init; }

    /// <summary>How far calls are held to what the server lists, in the word of <see cref="ToolSchemas"/>.</summary>
    public required string Schemas { get; init; }

    /// <summary>Where the audit trail goes; null: nowhere.</summary>
    public required AuditFile? Trail { get; init; }

    /// <summary>Whether no call runs without a record.</summary>
    public required bool IsAuditRequired { get; init; }

    /// <summary>The server's program and its arguments; empty over HTTP.</summary>
    public required string[] Server { get; init; }

    /// <summary>What was said of a proxy over HTTP; null on stdio.</summary>
    public required HttpProxySettings? Http { get; init; }

    /// <summary>Says how calls are guarded.</summary>
    public void Guard(ToolPolicyMcpOptions guarding)
    {
        guarding.ServerName = ServerName;
        ToolSchemas.Apply(Schemas, guarding);
    }
}
