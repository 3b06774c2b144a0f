using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Sdk;

namespace PolicyLayer.EndToEnd.Tests.Ways.Adapters;

/// <summary>An MCP server on a stream, guarded by <c>WithToolPolicies()</c> or by <c>Protect</c>.</summary>
internal sealed class ServerWay : IWay
{
    private readonly Pipe _requests = new();
    private readonly Pipe _responses = new();
    private readonly Trail _trail;
    private readonly ServiceProvider _services;
    private readonly McpServer _server;
    private readonly Task _running;
    private readonly LineClient _client;

    private ServerWay(Trail trail, ServiceProvider services, McpServerOptions options)
    {
        _trail = trail;
        _services = services;
        _server = McpServer.Create(new StreamServerTransport(_requests.Reader.AsStream(), _responses.Writer.AsStream()), options, null, services);
        _running = _server.RunAsync();
        _client = new LineClient(_requests.Writer.AsStream(), _responses.Reader.AsStream());
    }

    public static async Task<IWay> OpenAsync(WayCase of)
    {
        var trail = new Trail();
        var services = new ServiceCollection();
        Guards.Add(services, of, trail);
        services.AddMcpServer().WithTools(RecordingTool.All(of, trail)).WithToolPolicies();
        ServiceProvider provider = services.BuildServiceProvider();
        var way = new ServerWay(trail, provider, provider.GetRequiredService<IOptions<McpServerOptions>>().Value);
        await way._client.OpenAsync();
        return way;
    }

    /// <summary>A server of handlers.</summary>
    public static async Task<IWay> OpenProtectedAsync(WayCase of)
    {
        var trail = new Trail();
        ServiceProvider services = Guards.Provide(of, trail);
        ToolGuard guard = services.GetRequiredService<ToolGuard>();
        Tool[] tools = RecordingTool.Read(of);
        var options = new McpServerOptions { ServerInfo = new Implementation { Name = "test", Version = "1" } };
        options.Handlers.ListToolsHandler = guard.Protect((_, _) => new ValueTask<ListToolsResult>(new ListToolsResult { Tools = tools }));
        options.Handlers.CallToolHandler = guard.Protect((context, _) => tools.Any(tool => tool.Name == context.Params.Name)
            ? new ValueTask<CallToolResult>(RecordingTool.Run(context.Params.Name, context.Params, trail))
            : throw new McpProtocolException(McpAnswers.Unknown(context.Params.Name), McpErrorCode.InvalidParams));
        var way = new ServerWay(trail, services, options);
        await way._client.OpenAsync();
        return way;
    }

    public async Task<Answer?> CallAsync(WayCall call)
    {
        string told = await _client.CallAsync(call);
        return _trail.Take(told);
    }

    public async ValueTask DisposeAsync()
    {
        await _requests.Writer.CompleteAsync();
        await _running;
        await _server.DisposeAsync();
        _client.Dispose();
        await _services.DisposeAsync();
    }
}
