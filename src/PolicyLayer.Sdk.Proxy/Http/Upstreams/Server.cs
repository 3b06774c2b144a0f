using System.Runtime.CompilerServices;
using System.Text.Json;
using PolicyLayer.Sdk.Mcp.Clients;
using PolicyLayer.Sdk.Proxy.Http.Access;
using PolicyLayer.Sdk.Proxy.Http.Headers;

namespace PolicyLayer.Sdk.Proxy.Http.Upstreams;

/// <summary>A server behind the proxy, and what is known of its tools.</summary>
internal sealed class Server(string name, UpstreamClient client, ToolSchemaEnforcement schemas, string decisionName)
{
    /// <summary>By guard: what one hides another may show.</summary>
    private readonly ConditionalWeakTable<ToolGuard, ListedTools> _tools = [];
    private readonly ConditionalWeakTable<ToolGuard, HeaderParameters> _parameters = [];

    public string Name { get; } = name;

    /// <summary>What people are told of it: the only one of a pattern has no name.</summary>
    public string Title { get; } = name.Length > 0 ? name : client.Address;

    public UpstreamClient Client { get; } = client;

    public ListedTools ToolsOf(ToolGuard guard) => _tools.GetValue(guard, of => new ListedTools(new ClientGuard(of, null, schemas, decisionName)));

    public HeaderParameters ParametersOf(ToolGuard guard) => _parameters.GetOrCreateValue(guard);

    /// <summary>Takes a tool of a listing in.</summary>
    /// <returns>Whether it stays there.</returns>
    public bool IsShown(ToolGuard guard, JsonElement tool)
    {
        bool isShown = ToolsOf(guard).IsShown(tool);
        if (isShown)
        {
            ParametersOf(guard).Remember(tool);
        }

        return isShown;
    }

    /// <summary>Who judges a caller's calls.</summary>
    public ClientGuard GuardOf(Caller caller) => new(caller.Guard, GrantResolvers.Fixed(caller.Grant), schemas, decisionName);
}
