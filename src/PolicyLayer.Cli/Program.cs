using System.Runtime.InteropServices;
using System.Text;
using PolicyLayer.Cli;
using PolicyLayer.Cli.Output;

using var stop = new CancellationTokenSource();

// However it is told to stop, it ends in order: what was answered is written, and the audit is closed.
using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

// Not disposed: what can still be written is flushed by the command line, and what cannot be must not fail again.
var bytes = new OutputPipe(Console.OpenStandardOutput());
TextWriter output = Console.IsOutputRedirected
    ? new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 15)
    : Console.Out;
return await CommandLine.RunAsync(args, new CommandStreams(Console.OpenStandardInput(), output, Console.Error, IsPlain: Console.IsOutputRedirected) { Bytes = bytes }, stop.Token).ConfigureAwait(false);

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

// ASP.NET Core would make it public, for tests of web servers.
internal sealed partial class Program;
