using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PolicyLayer.Sdk.DependencyInjection;
using PolicyLayer.Sdk.Grants;
using PolicyLayer.Sdk.Telemetry;

namespace PolicyLayer.Sdk;

/// <summary>Ready-made answers to "whose call is this?", and how an adapter asks for one.</summary>
public static class GrantResolvers
{
    /// <summary>Every call belongs to one grant, as in a program that one user runs.</summary>
    /// <param name="grant">The grant.</param>
    public static IGrantResolver Fixed(Grant grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return new FixedGrant(grant);
    }

    /// <summary>The grant is what a claim of the authenticated user says.</summary>
    /// <param name="claimType">The claim's type, such as <c>sub</c>; its value becomes the grant's id.</param>
    /// <remarks>Only claims of identities that somebody authenticated count. No such claim, an empty one, or two that differ: no grant, so the call is denied.</remarks>
    public static IGrantResolver FromClaim(string claimType)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(claimType);
        return new DelegateGrantResolver(request => Single(request.User, claimType) is { } id ? new Grant(id) : null);
    }

    /// <summary>The grant is the one that a bearer token stands for.</summary>
    /// <param name="authorization">Reads the <c>Authorization</c> header of the request; null when there is none. It must be this very request's, never one that a session remembers.</param>
    /// <param name="tokens">For each token its grant. Only hashes of the tokens are kept, and looked up.</param>
    /// <remarks>A header that is no bearer token, or a token that is not known: no grant, so the call is denied.</remarks>
    /// <exception cref="ArgumentException">A token is empty or has white space in it.</exception>
    public static IGrantResolver FromBearerToken(Func<GrantRequest, string?> authorization, IReadOnlyDictionary<string, Grant> tokens)
    {
        ArgumentNullException.ThrowIfNull(authorization);
        ArgumentNullException.ThrowIfNull(tokens);
        var known = new BearerTokens(tokens);
        return new DelegateGrantResolver(request => known.Find(authorization(request)));
    }

    /// <summary>Asks whose call it is, as adapters do.</summary>
    /// <param name="resolver">Who answers; null asks the request's services, and where none is registered the caller is <see cref="Grant.Default"/>.</param>
    /// <param name="request">What the adapter knows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The grant; null when there is none or finding it failed, which is logged. Only cancellation passes out.</returns>
    public static ValueTask<Grant?> FindGrantAsync(IGrantResolver? resolver, GrantRequest request, CancellationToken cancellationToken = default)
    {
        ValueTask<Grant?> resolving;
        try
        {
            IGrantResolver? asked = resolver ?? request.Services?.GetService<IGrantResolver>();
            resolving = asked is null ? new(Grant.Default) : asked.ResolveAsync(request, cancellationToken);
        }
        catch (Exception e)
        {
            resolving = ValueTask.FromException<Grant?>(e);
        }

        return resolving.IsCompletedSuccessfully ? resolving : AwaitGrantAsync(resolving, request, cancellationToken);
    }

    private static async ValueTask<Grant?> AwaitGrantAsync(ValueTask<Grant?> resolving, GrantRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await resolving.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            TelemetryOf(request.Services).GrantUnknown(e);
            return null;
        }
    }

    private static string? Single(ClaimsPrincipal? user, string claimType)
    {
        string[] values =
        [
            .. (user?.Identities ?? []).Where(static identity => identity.IsAuthenticated)
                .SelectMany(identity => identity.Claims)
                .Where(claim => claim.Type == claimType)
                .Select(static claim => claim.Value)
                .Distinct(StringComparer.Ordinal),
        ];
        return values is [var only] && !string.IsNullOrWhiteSpace(only) ? only : null;
    }

    private static GuardTelemetry TelemetryOf(IServiceProvider? services)
    {
        try
        {
            return services?.GetService<GuardTelemetry>() ?? new GuardTelemetry(services?.GetService<ILogger<ToolGuard>>() ?? NullLogger<ToolGuard>.Instance);
        }
        catch (Exception)
        {
            // The request is over, and somebody goes on with it; or the host has no log that works.
            return new GuardTelemetry(NullLogger<ToolGuard>.Instance);
        }
    }
}
