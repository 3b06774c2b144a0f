using System.Text;
using PolicyLayer.Cli;
using PolicyLayer.Cli.Output;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

// Not disposed: what can still be written is flushed by the command line, and what cannot be must not fail again.
TextWriter output = Console.IsOutputRedirected
    ? new StreamWriter(new OutputPipe(Console.OpenStandardOutput()), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 15)
    : Console.Out;
return await CommandLine.RunAsync(args, new CommandStreams(Console.OpenStandardInput(), output, Console.Error, IsPlain: Console.IsOutputRedirected), stop.Token).ConfigureAwait(false);
