using System.Runtime.InteropServices;
using PolicyLayer.Cli;
using PolicyLayer.Cli.Output;

// Programs that pass signals on send the same one again at once.
TimeSpan insistence = TimeSpan.FromSeconds(1);
long askedAt = 0;
using var stop = new CancellationTokenSource();

// However it is told to stop, it ends in order: what was answered is written, and the audit is closed.
using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using PosixSignalRegistration quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Stop);
return await CommandLine.RunAsync(args, StandardStreams.Open(), stop.Token).ConfigureAwait(false);

void Stop(PosixSignalContext signal)
{
    // Signals that come together are told at the same time.
    long now = TimeProvider.System.GetTimestamp();
    long first = Interlocked.CompareExchange(ref askedAt, now, 0);

    // Who asks again later does not want to wait: unless somebody else takes the signal, it does what it does to any program.
    signal.Cancel |= first == 0 || TimeProvider.System.GetElapsedTime(first, now) < insistence;
    stop.Cancel();
}

// ASP.NET Core would make it public, for tests of web servers.
internal sealed partial class Program;
