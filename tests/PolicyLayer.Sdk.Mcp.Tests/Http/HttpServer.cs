using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Mcp.Tests.Http;

/// <summary>A guarded MCP server in an ASP.NET Core host, on Kestrel: with sessions, or with a server for each request.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private const string SessionHeader = "Mcp-Session-Id";

    private readonly WebApplication _app;
    private readonly bool _hasSessions;
    private readonly ConcurrentDictionary<string, HttpSession> _sessions = [];

    private HttpServer(WebApplication app, bool hasSessions)
    {
        _app = app;
        _hasSessions = hasSessions;
        app.Use(SignInAsync);
        app.MapPost("/mcp", (Delegate)PostAsync);
        app.MapDelete("/mcp", static () => { });
    }

    public RecordingSink Audit => _app.Services.GetRequiredService<RecordingSink>();

    public Uri Endpoint => new(Web.AddressOf(_app), "/mcp");

    /// <summary>The names of the sessions that were begun.</summary>
    public ICollection<string> Sessions => _sessions.Keys;

    public static async Task<HttpServer> StartAsync(string policy, IEnumerable<McpServerTool> tools, bool sessions, IGrantResolver? resolver = null)
    {
        WebApplication app = Web.Create(services =>
        {
            var sink = new RecordingSink();
            services.AddLogging().AddHttpContextAccessor().AddSingleton(sink);
            ToolPolicyBuilder policies = services.AddToolPolicies(options => options.AddPolicy(ToolPolicy.Parse(policy))).AddAuditSink(sink);
            _ = resolver is null ? policies : policies.UseGrantResolver(resolver);
            services.AddMcpServer().WithTools(tools).WithToolPolicies();
        });
        var server = new HttpServer(app, sessions);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>The header of the request that brings the call.</summary>
    public static string? AuthorizationOf(GrantRequest request) =>
        request.Services?.GetRequiredService<IHttpContextAccessor>().HttpContext?.Request.Headers.Authorization;

    public Task<McpClient> ConnectAsync(string? protocol = null, string clientName = "test", params (string Name, string Value)[] headers) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = Endpoint,
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = headers.ToDictionary(static header => header.Name, static header => header.Value),
        }),
        new McpClientOptions { ProtocolVersion = protocol, ClientInfo = new Implementation { Name = clientName, Version = "1" } },
        cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (HttpSession session in _sessions.Values)
        {
            await session.DisposeAsync();
        }

        await _app.DisposeAsync();
    }

    /// <summary>Stands for the host's authentication: a header names the user.</summary>
    private static Task SignInAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers["X-Signed-In"] is [{ } user])
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", user), new Claim(ClaimTypes.NameIdentifier, user)], "test"));
        }

        return next(context);
    }

    private async Task PostAsync(HttpContext context)
    {
        JsonRpcMessage? message = await ReadAsync(context);
        if (message is null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        message.Context = new JsonRpcMessageContext { User = context.User };
        McpServerOptions options = context.RequestServices.GetRequiredService<IOptions<McpServerOptions>>().Value;
        if (!_hasSessions)
        {
            await using var own = new HttpSession(null, options, context.RequestServices);
            await own.HandleAsync(context, message);
            return;
        }

        string id = context.Request.Headers[SessionHeader] is [{ } known] ? known : Guid.NewGuid().ToString("N");
        HttpSession session = _sessions.GetOrAdd(id, name => new HttpSession(name, options, _app.Services));
        context.Response.Headers[SessionHeader] = id;
        await session.HandleAsync(context, message);
    }

    private static async Task<JsonRpcMessage?> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<JsonRpcMessage>(context.Request.Body, McpJsonUtilities.DefaultOptions, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
