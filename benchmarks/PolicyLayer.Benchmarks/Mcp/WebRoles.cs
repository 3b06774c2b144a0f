using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PolicyLayer.Sdk;

namespace PolicyLayer.Benchmarks.Mcp;

/// <summary>Web servers on loopback: one that answers calls and remembers nothing, and a proxy that says how much it remembers.</summary>
internal static class WebRoles
{
    private static int OpenedSessions;

    public static async Task ServeAsync()
    {
        await using WebApplication app = Create();
        app.MapMethods("/mcp", ["POST", "GET"], AnswerAsync);
        await StartAsync(app);
        await app.WaitForShutdownAsync();
    }

    /// <summary>Answers each line of its input with the bytes of its heap after a collection.</summary>
    public static async Task ProxyAsync(string upstream)
    {
        await using WebApplication app = Create();
        app.MapToolPolicyProxy("/mcp", options =>
        {
            options.Upstreams[string.Empty] = new ToolPolicyUpstream(new Uri(upstream));
            options.Guard = BenchmarkPolicies.Guard(100, BenchmarkPolicies.Limit);
            options.GrantResolver = GrantResolvers.Fixed(Grant.Default);
        });
        await StartAsync(app);
        while (Console.ReadLine() is not null)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Console.WriteLine(GC.GetTotalMemory(forceFullCollection: true).ToString(CultureInfo.InvariantCulture));
        }
    }

    public static WebApplication Create()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        return builder.Build();
    }

    public static async Task StartAsync(WebApplication app)
    {
        await app.StartAsync();
        Console.Error.WriteLine($"listening on {app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/mcp");
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(": open\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        string message = await reader.ReadToEndAsync(context.RequestAborted);
        if (context.Request.Headers["Mcp-Session-Id"].Count == 0)
        {
            context.Response.Headers["Mcp-Session-Id"] = Interlocked.Increment(ref OpenedSessions).ToString("x32", CultureInfo.InvariantCulture);
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Messages.Answer(message), context.RequestAborted);
    }
}
