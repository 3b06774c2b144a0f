using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Mcp.Servers;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts tool policies in the way of an MCP server's calls and listings.</summary>
public static class McpServerToolPolicyExtensions
{
    /// <summary>Judges every tool call of this server before it runs, and leaves hidden tools out of its listings. It covers tools, tools added later, and custom handlers, whether they are registered before or after this line.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="configure">Says how calls are guarded; null leaves that as it is.</param>
    /// <remarks>
    /// Needs <c>services.AddToolPolicies(…)</c>; without it the host does not start. Calling it twice is harmless: the options of both count.
    /// The arguments of a call must satisfy the tool's own <c>inputSchema</c> too; of a custom call handler's tools it is the one that the list handler declares.
    /// When policies change, clients are told that the list of tools may have; a server of handlers alone says so of itself, unless its capabilities say otherwise.
    /// The guard runs before every call filter of the host's own. A filter must not change a call once it is judged: that call is then refused. Add filters to the lists of the options, or by <c>WithRequestFilters</c>: a list that is assigned anew, without the guard, stops the start.
    /// Whose call it is, the host's <see cref="IGrantResolver"/> says, be it one for all requests or one for each; what a client says of itself is never asked.
    /// </remarks>
    public static IMcpServerBuilder WithToolPolicies(this IMcpServerBuilder builder, Action<ToolPolicyMcpOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        OptionsBuilder<ToolPolicyMcpOptions> options = services.AddOptions<ToolPolicyMcpOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        if (services.Any(static service => service.ServiceType == typeof(ListingChanges)))
        {
            return builder;
        }

        services.AddSingleton<IPostConfigureOptions<McpServerOptions>>(provider => new ToolPolicySetup(provider, services));
        services.AddSingleton<IValidateOptions<McpServerOptions>, GuardedOptions>();
        services.AddSingleton<ListingChanges>();
        services.AddSingleton(new ToolPolicyEnforcementPoint("MCP server"));

        // A server over HTTP builds its options with its first session; a forgotten AddToolPolicies is to be told at the start.
        services.AddOptions<McpServerOptions>().ValidateOnStart();
        return builder;
    }
}
