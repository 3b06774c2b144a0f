using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PolicyLayer.Sdk.Mcp.Clients;
using PolicyLayer.Sdk.Mcp.Servers;
using PolicyLayer.Sdk.Proxy.Http.Access;
using PolicyLayer.Sdk.Proxy.Http.Headers;
using PolicyLayer.Sdk.Proxy.Http.Passing;
using PolicyLayer.Sdk.Proxy.Http.Upstreams;

namespace PolicyLayer.Sdk.Proxy.Http;

/// <summary>Takes the requests of clients: who they are and where they may go is found out before anything else.</summary>
internal sealed class ProxyEndpoint
{
    private readonly Dictionary<string, Server> _servers;
    private readonly OriginCheck _origins;
    private readonly HostCheck _hosts;
    private readonly Callers _callers;
    private readonly HttpSessions _sessions;
    private readonly int _maxClientBytes;
    private readonly int _maxServerBytes;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationToken _stopping;

    private ProxyEndpoint(HttpToolPolicyProxyOptions options, Callers callers, TimeProvider time, ILogger logger, CancellationToken stopping)
    {
        ToolSchemaEnforcement schemas = options.Guarding.ToEnforcement();
        _servers = options.Upstreams.ToDictionary(
            static pair => pair.Key,
            pair => new Server(pair.Key, new UpstreamClient(pair.Value, options.UpstreamTimeout, time), schemas, pair.Key.Length > 0 ? pair.Key : options.Guarding.ServerName ?? ServerNames.Of(pair.Value.Endpoint)),
            StringComparer.Ordinal);
        _origins = new OriginCheck(options.AllowedOrigins);
        _hosts = new HostCheck(options.AllowedHosts, options.GrantsFile is not null);
        _callers = callers;
        _sessions = new HttpSessions(options.MaxSessions, options.SessionIdleTimeout, time);
        _maxClientBytes = options.MaxClientMessageBytes;
        _maxServerBytes = options.MaxServerMessageBytes;
        _time = time;
        _logger = logger;
        _stopping = stopping;
    }

    /// <exception cref="InvalidOperationException">There is no guard, or no server, a header for a server is one that no request can have, an origin one that no browser sends, or a host no name.</exception>
    public static ProxyEndpoint Create(HttpToolPolicyProxyOptions options, IServiceProvider services)
    {
        if (options.Upstreams.Count == 0)
        {
            throw new InvalidOperationException("the proxy has no server; write options.Upstreams[\"name\"] = new ToolPolicyUpstream(…)");
        }

        ToolGuard guard = options.Guard ?? services.GetService<ToolGuard>()
            ?? throw new InvalidOperationException("the proxy has no guard; write services.AddToolPolicies(…), or name one in its options");
        TimeProvider time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        ILogger logger = services.GetService<ILogger<ToolGuard>>() ?? NullLogger<ToolGuard>.Instance;
        return new ProxyEndpoint(
            options,
            new Callers(options, guard, options.GrantResolver ?? new RequestGrantResolver(services), time, logger),
            time,
            logger,
            services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None);
    }

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            if (await IsMeantAsync(context).ConfigureAwait(false)
                && !CrossOrigin.IsAnswered(context, _origins.IsNamed(context))
                && await _callers.FindAsync(context).ConfigureAwait(false) is { } caller
                && await FindRequestAsync(context, caller).ConfigureAwait(false) is { } request)
            {
                request.Session?.Begin(_time.GetUtcNow());
                try
                {
                    await _sessions.SettleIdleAsync().ConfigureAwait(false);
                    await HandleAsync(request).ConfigureAwait(false);
                }
                finally
                {
                    request.Session?.End(_time.GetUtcNow());
                }
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested || _stopping.IsCancellationRequested)
        {
            // The client is gone, or the proxy ends.
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // The server or the client ended the connection: what is half said must not look whole.
            context.Abort();
        }
    }

    /// <summary>Whether a request means this proxy and comes from where it may. When not, it has its answer.</summary>
    private async ValueTask<bool> IsMeantAsync(HttpContext context)
    {
        string? problem =
            !_origins.IsAllowed(context) ? "the origin is none that the proxy takes; whoever runs it can allow it (AllowedOrigins, --allow-origin)"
            : !_hosts.IsAllowed(context) ? "the host that the request names is none that the proxy is known by; whoever runs it can allow it (AllowedHosts, --allow-host)"
            : null;
        if (problem is not null)
        {
            await Responses.RefuseAsync(context, StatusCodes.Status403Forbidden, problem).ConfigureAwait(false);
        }

        return problem is null;
    }

    /// <summary>Where a request may go; null when it was refused, and has its answer.</summary>
    private async ValueTask<ProxyRequest?> FindRequestAsync(HttpContext context, Caller caller)
    {
        string name = context.Request.RouteValues.TryGetValue("server", out object? value) ? value as string ?? string.Empty : string.Empty;
        HttpSession? session = null;
        bool isFound = _servers.TryGetValue(name, out Server? server) && context.Request.Headers[McpHeaders.SessionId] switch
        {
            [] => true,
            [{ } id] => (session = _sessions.Find(name, id, caller.Grant.Id)) is not null,
            _ => false,
        };
        if (isFound)
        {
            return new ProxyRequest(context, server!, caller, session);
        }

        await Responses.RefuseAsync(context, StatusCodes.Status404NotFound, server is null ? "the proxy has no server of this name" : Responses.NoSession).ConfigureAwait(false);
        return null;
    }

    private async Task HandleAsync(ProxyRequest request)
    {
        HttpContext context = request.Context;
        var exchange = new Exchange(request, _callers, new ServerResponse(request, _sessions, _maxServerBytes, _logger), _logger, _stopping);
        if (HttpMethods.IsPost(context.Request.Method))
        {
            if (await RequestBody.ReadAsync(context, _maxClientBytes).ConfigureAwait(false) is { } body)
            {
                await exchange.HandleAsync(body).ConfigureAwait(false);
            }

            return;
        }

        // A stream that only waits for what comes would hold up the end of the proxy.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping);
        await exchange.ForwardAsync(null, null, either.Token).ConfigureAwait(false);
        if (HttpMethods.IsDelete(context.Request.Method) && request.Session is { } session && context.Response.StatusCode is >= 200 and < 300)
        {
            await _sessions.CloseAsync(request.Server.Name, session.Id).ConfigureAwait(false);
        }
    }
}
