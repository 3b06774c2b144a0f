using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PolicyLayer.Cli.Grants;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Proxying;

/// <summary>A web server that is nothing but a proxy.</summary>
internal static class HttpProxy
{
    /// <summary>Listens until it is told to stop; what runs then may end first.</summary>
    /// <exception cref="UsageException">The address cannot be listened to.</exception>
    public static async Task<int> RunAsync(HttpProxySettings settings, Action<HttpToolPolicyProxyOptions> configure, CommandStreams streams, CancellationToken cancellationToken)
    {
        Uri listen = settings.Listen;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        builder.Services.AddSingleton<ILogger<ToolGuard>>(new ErrorStreamLogger<ToolGuard>(streams));
        WebApplication app = builder.Build();
        await using (app.ConfigureAwait(false))
        {
            app.Urls.Add(listen.GetLeftPart(UriPartial.Authority));
            app.MapToolPolicyProxy(listen.AbsolutePath, configure);
            try
            {
                await app.StartAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or InvalidOperationException or SocketException)
            {
                throw new UsageException($"--listen `{listen}` cannot be listened to: check that the address is this machine's and that its port is free");
            }

            WarnOfGrants(settings.Grants, streams);
            string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            streams.WriteError($"policylayer: listening on {address}{listen.AbsolutePath}");
            using CancellationTokenRegistration stop = cancellationToken.Register(app.Lifetime.StopApplication);
            await app.WaitForShutdownAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }

    /// <summary>The file may be made later, for each request reads it; who has named another should not have to wait for the first to hear of it.</summary>
    private static void WarnOfGrants(string? path, CommandStreams streams)
    {
        try
        {
            _ = path is null ? [] : GrantsFile.Read(path);
        }
        catch (UsageException e)
        {
            streams.WriteError($"policylayer: nobody is let in: {e.Message}");
        }
    }

    /// <summary>Whether nobody but this machine can reach an address.</summary>
    public static bool IsLoopback(Uri address) => address.IsLoopback || (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));
}
