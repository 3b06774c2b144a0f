using System.CommandLine;
using PolicyLayer.Cli.Commands;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli;

/// <summary>The whole command line.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command and answers its exit code. It never throws.</summary>
    public static async Task<int> RunAsync(string[] args, CommandStreams streams, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Checks tool policies and says what they decide, without running anything.")
        {
            ValidateCommand.Create(streams),
            EvalCommand.Create(streams),
            MigrateCommand.Create(streams),
            SchemaCommand.Create(streams),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            string command = parsed.CommandResult.Command.Name == root.Name ? string.Empty : parsed.CommandResult.Command.Name + " ";
            await streams.Error.WriteLineAsync($"policylayer: {Lower(Worst(parsed))} (see `policylayer {command}--help`)").ConfigureAwait(false);
            return ExitCodes.Usage;
        }

        try
        {
            var configuration = new InvocationConfiguration { Output = streams.Out, Error = streams.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            await streams.Error.WriteLineAsync("policylayer: " + e.Message).ConfigureAwait(false);
            return ExitCodes.Usage;
        }
        catch (PolicyFormatException e)
        {
            foreach (PolicyDiagnostic diagnostic in e.Diagnostics)
            {
                await streams.Error.WriteLineAsync(diagnostic.ToString()).ConfigureAwait(false);
            }

            return e.Diagnostics.Any(static diagnostic => diagnostic.Line > 0) ? ExitCodes.No : ExitCodes.Usage;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Stopped;
        }
        catch (IOException e)
        {
            // Most often the reader of a pipe that is gone.
            await streams.Error.WriteLineAsync("policylayer: " + Lower(e.Message)).ConfigureAwait(false);
            return ExitCodes.Usage;
        }
    }

    /// <summary>A word that nobody knows says more than what is missing because of it.</summary>
    private static string Worst(ParseResult parsed) =>
        parsed.UnmatchedTokens.Count > 0 ? $"`{parsed.UnmatchedTokens[0]}` is not a command or an option here" : parsed.Errors[0].Message;

    private static string Lower(string message) => message.Length == 0 ? message : (char.ToLowerInvariant(message[0]) + message[1..]).ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
