using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PolicyLayer.Sdk.Proxy.Grants;
using PolicyLayer.Sdk.Proxy.Telemetry;

namespace PolicyLayer.Sdk.Proxy.Http.Access;

/// <summary>Finds out who sends a request.</summary>
internal sealed class Callers(HttpToolPolicyProxyOptions options, ToolGuard guard, IGrantResolver? resolver, TimeProvider time, ILogger logger)
{
    private readonly GrantFile? _file = options.GrantsFile is { } path ? new GrantFile(path, time) : null;
    private readonly Func<IReadOnlyList<string>, ToolGuard?>? _findGuard = options.FindGuard;

    /// <summary>The caller; null when the request was refused, and has its answer.</summary>
    public async ValueTask<Caller?> FindAsync(HttpContext context)
    {
        if (_file is not null)
        {
            return await FindInFileAsync(context).ConfigureAwait(false);
        }

        Grant? grant = await GrantResolvers.FindGrantAsync(resolver, new GrantRequest(context.User, context.RequestServices), context.RequestAborted).ConfigureAwait(false);
        if (grant is not null)
        {
            return new Caller(grant, guard);
        }

        await RefuseAsync(context).ConfigureAwait(false);
        return null;
    }

    /// <summary>Whether the caller of a request that was held up is still who it was. When not, the request was refused, and has its answer.</summary>
    public async ValueTask<bool> AreStillAsync(HttpContext context, Caller caller)
    {
        if (await FindAsync(context).ConfigureAwait(false) is not { } now)
        {
            return false;
        }

        if (now.Grant.Id == caller.Grant.Id && ReferenceEquals(now.Guard, caller.Guard))
        {
            return true;
        }

        await RefuseAsync(context).ConfigureAwait(false);
        return false;
    }

    private async ValueTask<Caller?> FindInFileAsync(HttpContext context)
    {
        GrantEntry? entry;
        try
        {
            entry = _file!.Find(context.Request.Headers.Authorization is [var only] ? only : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or FormatException)
        {
            // The text of a format error is ours; the others name the file.
            Log.GrantsUnreadable(logger, e is FormatException ? e.Message : "it cannot be opened");
            await Responses.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "the proxy cannot read who may call; its log says why").ConfigureAwait(false);
            return null;
        }

        ToolGuard? judge = entry is null ? null : entry.Policies is { } names ? _findGuard?.Invoke(names) : guard;
        if (judge is not null)
        {
            return new Caller(entry!.Grant, judge);
        }

        if (entry is not null)
        {
            Log.UnknownPolicies(logger, entry.Grant.Id);
        }

        await RefuseAsync(context).ConfigureAwait(false);
        return null;
    }

    /// <summary>Another token of the file's may be let in; whom the host's resolver does not know, it has authenticated already.</summary>
    private Task RefuseAsync(HttpContext context)
    {
        if (_file is null)
        {
            return Responses.RefuseAsync(context, StatusCodes.Status403Forbidden, "the caller has no grant here");
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Responses.RefuseAsync(context, StatusCodes.Status401Unauthorized, "a caller shows a token that this proxy knows and that has not expired, as Authorization: Bearer TOKEN");
    }
}
