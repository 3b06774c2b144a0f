using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Proxy.Stdio;

namespace PolicyLayer.Cli.Proxying;

/// <summary>A proxy in front of one server, on stdio or over HTTP, for as long as it runs.</summary>
internal static class GuardingProxy
{
    /// <returns>The exit code; on stdio the server's.</returns>
    /// <exception cref="UsageException">Something cannot be read, or an address not be listened to.</exception>
    public static async Task<int> RunAsync(ProxySettings settings, CommandStreams streams, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<ToolPolicy> read = await PolicyFiles.LoadAsync(settings.Policies, streams.In, cancellationToken).ConfigureAwait(false);
        var host = new GuardHost(options => PolicyFiles.Follow(options, settings.Policies, read), settings.Trail, settings.IsAuditRequired, settings.State, new ErrorStreamLogger<ToolGuard>(streams), approvalWait: settings.ApprovalWait);
        await using (host.ConfigureAwait(false))
        {
            return settings.Http is { } http
                ? await HttpProxy.RunAsync(http, options => http.Configure(options, host, settings.Caller, settings.Guard), streams, cancellationToken).ConfigureAwait(false)
                : await RunOnStdioAsync(settings, host.Guard, streams, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<int> RunOnStdioAsync(ProxySettings settings, ToolGuard guard, CommandStreams streams, CancellationToken cancellationToken)
    {
        var guarding = new ToolPolicyMcpOptions();
        settings.Guard(guarding);
        var proxy = new StdioToolPolicyProxy(
            guard,
            new StdioToolPolicyProxyOptions { Command = settings.Server[0], Arguments = settings.Server[1..], GrantResolver = GrantResolvers.Fixed(settings.Caller), Guarding = guarding, ForwardSignals = true },
            new ErrorStreamLogger<StdioToolPolicyProxy>(streams));

        // Signals are the server's once there is one: it says when it has ended, and how.
        return await proxy.RunAsync(new BlockingStream(streams.In), streams.Bytes, beforeStart: cancellationToken, CancellationToken.None).ConfigureAwait(false);
    }
}
