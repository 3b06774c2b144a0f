using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace PolicyLayer.Sdk.Proxy.Tests.Support;

/// <summary>Web servers on loopback, on a port that is free.</summary>
internal static class Web
{
    public static WebApplication Create(Action<IServiceCollection>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        configure?.Invoke(builder.Services);
        return builder.Build();
    }
}
