using PolicyLayer.Cli;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
return await CommandLine.RunAsync(args, new CommandStreams(Console.In, Console.Out, Console.Error, IsPlain: Console.IsOutputRedirected), stop.Token).ConfigureAwait(false);
