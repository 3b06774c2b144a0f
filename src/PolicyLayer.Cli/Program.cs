using System.Runtime.InteropServices;
using PolicyLayer.Cli;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk.Proxy.Stdio;

var insistence = new SignalInsistence(TimeProvider.System);
using var stop = new CancellationTokenSource();

// However it is told to stop, it ends in order: what was answered is written, and the audit is closed.
using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using PosixSignalRegistration quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Stop);
using PosixSignalRegistration hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
return await CommandLine.RunAsync(args, StandardStreams.Open(), stop.Token).ConfigureAwait(false);

void Stop(PosixSignalContext signal)
{
    // Who insists does not want to wait: unless somebody else takes the signal, it does what it does to any program.
    signal.Cancel |= !insistence.Take();
    stop.Cancel();
}

// ASP.NET Core would make it public, for tests of web servers.
internal sealed partial class Program;
