using Microsoft.Extensions.DependencyInjection;

namespace PolicyLayer.Sdk.DependencyInjection;

/// <summary>What a host has registered, to be looked at when it starts.</summary>
internal sealed class HostServices(IServiceCollection services)
{
    /// <summary>Part of the name of every options service that an MCP server registers; named, not referenced: the core knows no adapter.</summary>
    private const string McpServerOptions = "ModelContextProtocol.Server.McpServerOptions";

    /// <summary>Whether the host has an MCP server and nothing that enforces policies in it.</summary>
    public bool HasUnguardedMcpServer =>
        services.Any(static service => service.ServiceType.FullName?.Contains(McpServerOptions, StringComparison.Ordinal) == true)
        && !services.Any(static service => service.ServiceType == typeof(ToolPolicyEnforcementPoint));
}
