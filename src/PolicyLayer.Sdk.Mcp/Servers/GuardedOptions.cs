using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>Whether a server's options, however they were configured after ours, still have its calls and listings guarded.</summary>
internal sealed class GuardedOptions : IValidateOptions<McpServerOptions>
{
    private const string RawHandler = "WithToolPolicies() cannot guard a raw request handler of tools/call or tools/list: use WithCallToolHandler and WithListToolsHandler";
    private const string LostFilters = "a new list of call filters or list filters was assigned, without those of WithToolPolicies(): add to the list that is there, or use WithRequestFilters";

    public ValidateOptionsResult Validate(string? name, McpServerOptions options) =>
        ProblemOf(options) is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;

    /// <summary>Looks again at options that a host may have changed for one session.</summary>
    /// <exception cref="InvalidOperationException">Something would pass by the guard.</exception>
    public static void ThrowIfUnguarded(McpServerOptions options)
    {
        if (ProblemOf(options) is { } problem)
        {
            throw new InvalidOperationException(problem);
        }
    }

    private static string? ProblemOf(McpServerOptions options)
    {
#pragma warning disable MCPEXP002 // read only, to refuse what it could do: a handler of raw messages would answer calls past every filter
        if (options.RequestHandlers?.Any(static handler => handler.Method is RequestMethods.ToolsCall or RequestMethods.ToolsList) == true)
#pragma warning restore MCPEXP002
        {
            return RawHandler;
        }

        McpRequestFilters filters = options.Filters.Request;
        return filters.CallToolFilters is PinnedFilters<McpRequestFilter<CallToolRequestParams, CallToolResult>>
            && filters.ListToolsFilters is PinnedFilters<McpRequestFilter<ListToolsRequestParams, ListToolsResult>> ? null : LostFilters;
    }
}
