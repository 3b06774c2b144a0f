using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PolicyLayer.Testing;

namespace PolicyLayer.EndToEnd.Tests.Ways.Adapters;

/// <summary>Servers over HTTP, written by hand, one for each case, under a path of its own; they note what they are given.</summary>
internal sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (WayCase Case, Trail Trail)> _cases = [];
    private int _last;

    private Upstream(WebApplication app)
    {
        _app = app;
        app.MapPost("/{name}", (Delegate)HandleAsync);
    }

    public static async Task<Upstream> StartAsync()
    {
        var upstream = new Upstream(Web.Create());
        await upstream._app.StartAsync();
        return upstream;
    }

    /// <summary>A server of a case's tools.</summary>
    public Uri Serve(WayCase of, Trail trail)
    {
        string name = $"case{Interlocked.Increment(ref _last)}";
        _cases[name] = (of, trail);
        return new Uri(Web.AddressOf(_app), "/" + name);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        (WayCase of, Trail trail) = _cases[(string)context.Request.RouteValues["name"]!];
        using var reader = new StreamReader(context.Request.Body);
        JsonElement message = McpAnswers.Parse(await reader.ReadToEndAsync());
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"jsonrpc":"2.0","id":{{message.GetProperty("id").GetRawText()}},{{Answer(of, trail, message)}}}""");
    }

    private static string Answer(WayCase of, Trail trail, JsonElement message)
    {
        if (message.GetProperty("method").GetString() == "tools/list")
        {
            return "\"result\":" + of.Listing;
        }

        string tool = message.GetProperty("params").GetProperty("name").GetString()!;
        if (of.Find(tool) is null)
        {
            return $$"""
                "error":{"code":-32602,"message":{{JsonSerializer.Serialize(McpAnswers.Unknown(tool))}}}
                """;
        }

        trail.Run(McpAnswers.Ran(message));
        return $$"""
            "result":{"content":[],"isError":{{(tool == WayCase.Failing ? "true" : "false")}}}
            """;
    }
}
