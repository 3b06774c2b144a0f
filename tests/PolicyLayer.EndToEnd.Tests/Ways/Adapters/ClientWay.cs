using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Sdk;

namespace PolicyLayer.EndToEnd.Tests.Ways.Adapters;

/// <summary>An MCP client that guards itself, and a server that does not.</summary>
internal sealed class ClientWay : IWay
{
    private readonly Trail _trail;
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _stop = new();
    private readonly McpServer _server;
    private readonly Task _running;
    private McpClient _client = null!;

    private ClientWay(Trail trail, ServiceProvider services, McpServer server)
    {
        _trail = trail;
        _services = services;
        _server = server;
        _running = server.RunAsync(_stop.Token);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<IWay> OpenAsync(WayCase of)
    {
        var trail = new Trail();
        Pipe requests = new(), responses = new();
        var options = new McpServerOptions { ServerInfo = new Implementation { Name = "test", Version = "1" }, ToolCollection = [.. RecordingTool.All(of, trail)] };
        var way = new ClientWay(trail, Guards.Provide(of, trail), McpServer.Create(new StreamServerTransport(requests.Reader.AsStream(), responses.Writer.AsStream()), options));
        way._client = await McpClient.CreateAsync(
            new StreamClientTransport(requests.Writer.AsStream(), responses.Reader.AsStream()).WithToolPolicies(way._services.GetRequiredService<ToolGuard>()),
            new McpClientOptions { ProtocolVersion = "2025-06-18" },
            cancellationToken: Token);
        await way._client.ListToolsAsync(cancellationToken: Token);
        return way;
    }

    public async Task<Answer?> CallAsync(WayCall call)
    {
        try
        {
            JsonRpcResponse response = await _client.SendRequestAsync(new JsonRpcRequest { Method = "tools/call", Params = JsonNode.Parse(call.Parameters) }, Token);
            return _trail.Take(McpAnswers.Told(call.Tool, JsonElement.Parse($$"""{"result":{{response.Result!.ToJsonString()}}}""")));
        }
        catch (McpProtocolException e)
        {
            // The client has put words of its own before what it was told.
            return _trail.Take(e.Message.EndsWith(McpAnswers.Unknown(call.Tool), StringComparison.Ordinal) ? ToldWords.Unknown : $"error {e.ErrorCode}: {e.Message}");
        }
        catch (Exception e) when (call.IsOdd && e is JsonException or ArgumentException or InvalidOperationException)
        {
            return _trail.Take($"error {e.GetType().Name}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _stop.CancelAsync();
        await _running;
        await _server.DisposeAsync();
        await _services.DisposeAsync();
        _stop.Dispose();
    }
}
