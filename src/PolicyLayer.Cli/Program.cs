using System.Runtime.InteropServices;
using PolicyLayer.Cli;
using PolicyLayer.Cli.Output;

using var stop = new CancellationTokenSource();

// However it is told to stop, it ends in order: what was answered is written, and the audit is closed.
using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await CommandLine.RunAsync(args, StandardStreams.Open(), stop.Token).ConfigureAwait(false);

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

// ASP.NET Core would make it public, for tests of web servers.
internal sealed partial class Program;
