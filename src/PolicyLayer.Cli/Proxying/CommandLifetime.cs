using Microsoft.Extensions.Hosting;

namespace PolicyLayer.Cli.Proxying;

/// <summary>Leaves signals to the command: a host's own lifetime takes each of them, so that none could end a program that takes its time.</summary>
internal sealed class CommandLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
