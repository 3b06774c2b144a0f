using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>A web server on loopback, on a port that is free.</summary>
    public static WebApplication CreateApp(Action<IServiceCollection>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        configure?.Invoke(builder.Services);
        return builder.Build();
    }

    public static Uri AddressOf(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<Upstream> StartAsync()
    {
        var upstream = new Upstream(CreateApp());
        await upstream._app.StartAsync();
        return upstream;
    }

    /// <summary>A server of a case's tools.</summary>
    public Uri Serve(WayCase of, Trail trail)
    {
        string name = $"case{Interlocked.Increment(ref _last)}";
        _cases[name] = (of, trail);
        return new Uri(AddressOf(_app), "/" + name);
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
