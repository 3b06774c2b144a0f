using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Proxy.Tests.Support;

/// <summary>A server over streamable HTTP, on Kestrel, written by hand; a test may say how it answers.</summary>
internal sealed class UpstreamServer : IAsyncDisposable
{
    private const string Tools = """{"tools":[{"name":"echo","inputSchema":{"type":"object","properties":{"text":{"type":"string","x-mcp-header":"Text"}}}},{"name":"secret","inputSchema":{"type":"object"}}],"x":1.0}""";

    private const string Initialized = """{"jsonrpc":"2.0","id":ID,"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"up","version":"1"}}}""";

    private readonly WebApplication _app;
    private readonly TaskCompletionSource _pushed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private UpstreamServer(WebApplication app) => _app = app;

    /// <summary>What came: method, headers and body.</summary>
    public ConcurrentQueue<(string Method, HeaderDictionary Headers, string Body)> Received { get; } = [];

    /// <summary>The bodies of what came by POST.</summary>
    public IEnumerable<string> Bodies => Received.Where(static one => one.Method == "POST").Select(static one => one.Body);

    /// <summary>Answers in place of this server; false leaves it to it.</summary>
    public Func<HttpContext, string, Task<bool>> Answer { get; set; } = static (_, _) => Task.FromResult(false);

    public Uri Endpoint => new(Web.AddressOf(_app), "/mcp");

    public static async Task<UpstreamServer> StartAsync()
    {
        WebApplication app = Web.Create();
        var server = new UpstreamServer(app);
        app.MapMethods("/mcp", ["POST", "GET", "DELETE"], server.HandleAsync);
        await app.StartAsync();
        return server;
    }

    public static async Task WriteAsync(HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json);
    }

    public static async Task WriteEventsAsync(HttpContext context, string events)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "text/event-stream";
        }

        await context.Response.WriteAsync(events);
        await context.Response.Body.FlushAsync();
    }

    /// <summary>Leaves a stream open until something is pushed, and then says that.</summary>
    public async Task HoldAsync(HttpContext context)
    {
        await _pushed.Task.WaitAsync(context.RequestAborted);
        await WriteEventsAsync(context, "id: 1\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"n\"}\n\n");
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    }

    /// <summary>Says something on every stream that is held open.</summary>
    public void Push() => _pushed.TrySetResult();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        string body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        var headers = new HeaderDictionary();
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in context.Request.Headers)
        {
            headers[name] = values;
        }

        Received.Enqueue((context.Request.Method, headers, body));
        if (await Answer(context, body))
        {
            return;
        }

        if (context.Request.Method != "POST")
        {
            context.Response.StatusCode = context.Request.Method == "DELETE" ? 200 : 405;
            return;
        }

        JsonElement message = JsonElement.Parse(body);
        if (!message.TryGetProperty("id", out JsonElement id) || !message.TryGetProperty("method", out JsonElement method))
        {
            context.Response.StatusCode = 202;
            return;
        }

        await AnswerAsync(context, message, id.GetRawText(), method.GetString()!);
    }

    private static async Task AnswerAsync(HttpContext context, JsonElement message, string id, string method)
    {
        if (method == "initialize")
        {
            context.Response.Headers.TryAdd("Mcp-Session-Id", "session-1");
            await WriteAsync(context, Initialized.Replace("ID", id, StringComparison.Ordinal));
        }
        else if (method == "tools/call")
        {
            string text = message.GetProperty("params").GetProperty("arguments").GetProperty("text").GetString()!;
            await WriteEventsAsync(context, "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":1}}\n\n");
            await WriteEventsAsync(context, $"event: message\ndata: {{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{{\"content\":[{{\"type\":\"text\",\"text\":\"{text}\"}}]}}}}\n\n");
        }
        else
        {
            await WriteAsync(context, $$$"""{"jsonrpc":"2.0", "id":{{{id}}}, "result":{{{(method == "tools/list" ? Tools : "{}")}}}}""");
        }
    }
}
