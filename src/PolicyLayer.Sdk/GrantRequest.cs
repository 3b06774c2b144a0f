using System.Security.Claims;

namespace PolicyLayer.Sdk;

/// <summary>What an adapter knows of a caller when it asks whose call this is.</summary>
public readonly struct GrantRequest
{
    /// <summary>Describes a caller.</summary>
    /// <param name="user">The user whom the host authenticated, or null.</param>
    /// <param name="services">The services of the request, or null.</param>
    public GrantRequest(ClaimsPrincipal? user, IServiceProvider? services)
    {
        User = user;
        Services = services;
    }

    /// <summary>The user whom the host authenticated; null on transports without users, such as stdio.</summary>
    public ClaimsPrincipal? User { get; }

    /// <summary>The services of the request, or null.</summary>
    public IServiceProvider? Services { get; }
}
