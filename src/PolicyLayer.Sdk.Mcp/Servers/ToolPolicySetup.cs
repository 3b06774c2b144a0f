using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>Puts the guard around a server's calls and listings, after everything else has configured the server.</summary>
/// <param name="provider">The host's services.</param>
/// <param name="services">What the host has registered.</param>
internal sealed class ToolPolicySetup(IServiceProvider provider, IServiceCollection services) : IPostConfigureOptions<McpServerOptions>
{
    /// <summary>One for all servers of the host: over HTTP each session, or each request, has options of its own, and the same tools.</summary>
    private readonly Lazy<CallSurroundings> _surroundings = new(() => new CallSurroundings(OptionsOf(provider).ToEnforcement()));

    private readonly Lazy<CancellationToken> _heldUntil = new(() => HoldEnd.Of(provider));

    public void PostConfigure(string? name, McpServerOptions options)
    {
        ToolGuard guard = provider.GetService<ToolGuard>()
            ?? throw new InvalidOperationException("WithToolPolicies() needs policies: call services.AddToolPolicies(o => o.AddPolicyFile(\"policy.json\"))");
        var grants = new CallerGrants(FindResolver());
        var calls = new CallGuard(guard, grants, _surroundings.Value, OptionsOf(provider).ServerName, _heldUntil);
        McpRequestFilters filters = options.Filters.Request;
        filters.CallToolFilters = new PinnedFilters<McpRequestFilter<CallToolRequestParams, CallToolResult>>(
            first: next => WhileGuarded(options, calls.Enclose(next, options)),
            filters.CallToolFilters,
            last: JudgedCall.RunOnlyIfUnchanged);
        var listings = new ListGuard(guard, grants);
        filters.ListToolsFilters = new PinnedFilters<McpRequestFilter<ListToolsRequestParams, ListToolsResult>>(
            first: next => WhileGuarded(options, listings.Enclose(next)),
            filters.ListToolsFilters,
            last: null);
        EncloseTasks(filters, calls, options);
        provider.GetRequiredService<ListingChanges>().Watch(options);
    }

    private static ToolPolicyMcpOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<ToolPolicyMcpOptions>>().Value;

    /// <summary>The host's answer to whose call it is. One that lives as long as the host is made here, so that one that cannot be made stops the start.</summary>
    private IGrantResolver FindResolver() =>
        services.LastOrDefault(static service => service.ServiceType == typeof(IGrantResolver) && !service.IsKeyedService) is { Lifetime: not ServiceLifetime.Singleton }
            ? new RequestGrantResolver(provider)
            : provider.GetRequiredService<IGrantResolver>();

    /// <summary>Each list of filters looks after the others: one that was taken out of the options is asked nothing any more.</summary>
    private static T WhileGuarded<T>(McpServerOptions options, T value)
    {
        GuardedOptions.ThrowIfUnguarded(options);
        return value;
    }

    /// <summary>Whoever makes tasks of calls does so in filters around all others, and is to make none of a denied call.</summary>
    private static void EncloseTasks(McpRequestFilters filters, CallGuard calls, McpServerOptions options)
    {
#pragma warning disable MCPEXP002 // nothing else runs before a task is made
        filters.CallToolWithAlternateFilters = new PinnedFilters<McpRequestInvocationFilter<CallToolRequestParams, ResultOrAlternate<CallToolResult>>>(
            first: (context, next, cancellationToken) => WhileGuarded(options, filters).CallToolWithAlternateFilters.Count == 1
                ? next(context, cancellationToken)
                : calls.InvokeAheadAsync(context, next, options, cancellationToken),
            filters.CallToolWithAlternateFilters,
            last: null);
#pragma warning restore MCPEXP002
    }
}
