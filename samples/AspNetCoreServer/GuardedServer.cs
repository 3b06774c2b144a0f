using PolicyLayer.Sdk;

namespace AspNetCoreServer;

/// <summary>An MCP server over streamable HTTP whose tools are guarded by policy.json.</summary>
internal static class GuardedServer
{
    private const int MaxBody = 1 << 20;

    public static async Task<int> RunAsync(string[] args)
    {
        var tokens = new Tokens();
        await using WebApplication app = Build(args, tokens);
        await app.StartAsync();
        Console.WriteLine($"MCP at {app.Urls.First()}/mcp. For this run: Authorization: Bearer {tokens.Writer} may write, {tokens.Reader} only read.");
        await app.WaitForShutdownAsync();
        return 0;
    }

    public static WebApplication Build(string[] args, Tokens tokens)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.MaxRequestBodySize = MaxBody);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddToolPolicies(o => o.AddPolicyFile(Path.Combine(AppContext.BaseDirectory, "policy.json")))
                        .AddAuditFile(builder.Configuration["audit"] ?? "audit.jsonl") // --audit FILE
                        .UseGrantResolver(GrantResolvers.FromBearerToken(AuthorizationOf, tokens.Grants));

        builder.Services.AddSingleton<NoteTools.Notes>();
        builder.Services.AddMcpServer()
                        .WithTools<NoteTools>()
                        .WithToolPolicies();

        WebApplication app = builder.Build();
        app.MapPost("/mcp", McpEndpoint.HandleAsync).AddEndpointFilter(RequireGrantAsync);
        return app;
    }

    /// <summary>The header of this very request, whatever the client said before.</summary>
    private static string? AuthorizationOf(GrantRequest request) =>
        request.Services?.GetRequiredService<IHttpContextAccessor>().HttpContext?.Request.Headers.Authorization;

    /// <summary>Whoever has no grant could do nothing here; he is told so before a message of his is read.</summary>
    private static async ValueTask<object?> RequireGrantAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        if (await GrantResolvers.FindGrantAsync(null, new GrantRequest(http.User, http.RequestServices), http.RequestAborted) is not null)
        {
            return await next(context);
        }

        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Results.StatusCode(StatusCodes.Status401Unauthorized);
    }
}
