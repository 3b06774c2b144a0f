using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Protocol;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>From when on a server waits for no person.</summary>
internal static class HoldEnd
{
    /// <summary>Cancelled when the host stops, or when the input of a server that serves one client ends: the SDK lets calls run on then, though nobody may hear of them.</summary>
    public static CancellationToken Of(IServiceProvider provider)
    {
        CancellationToken stopping = provider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        if (provider.GetService<ITransport>() is not { } transport)
        {
            return stopping;
        }

        var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _ = transport.MessageReader.Completion.ContinueWith(_ => end.CancelAsync(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return end.Token;
    }
}
