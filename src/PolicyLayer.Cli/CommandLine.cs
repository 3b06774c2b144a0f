using System.CommandLine;
using System.CommandLine.Parsing;
using PolicyLayer.Cli.Commands;
using PolicyLayer.Cli.Commands.Approvals;
using PolicyLayer.Cli.Commands.Auditing;
using PolicyLayer.Cli.Commands.Grants;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Testing;

namespace PolicyLayer.Cli;

/// <summary>The whole command line.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command and answers its exit code. It never throws.</summary>
    public static async Task<int> RunAsync(string[] args, CommandStreams streams, CancellationToken cancellationToken)
    {
        try
        {
            int code = await ParseAndRunAsync(args, streams, cancellationToken).ConfigureAwait(false);
            await streams.FlushAsync().ConfigureAwait(false);
            return code;
        }
        catch (Exception e) when (e is UsageException or PolicyCasesException)
        {
            streams.WriteError("policylayer: " + e.Message);
            return ExitCodes.Usage;
        }
        catch (PolicyFormatException e)
        {
            foreach (PolicyDiagnostic diagnostic in e.Diagnostics)
            {
                streams.WriteError(diagnostic.ToString());
            }

            return ExitCodes.No;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Stopped;
        }
        catch (ClosedOutputException)
        {
            return ExitCodes.OutputClosed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            streams.WriteError("policylayer: " + Lower(e.Message));
            return ExitCodes.Usage;
        }
        catch (Exception e)
        {
            // The type alone: a message might quote an argument.
            streams.WriteError($"policylayer: this failed in a way that nobody foresaw ({e.GetType().Name}); please report it with the command and its input");
            return ExitCodes.Usage;
        }
    }

    private static async Task<int> ParseAndRunAsync(string[] args, CommandStreams streams, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Checks tool policies, says what they decide without running anything, stands with them in front of MCP servers, answers calls that wait for approval, keeps the grants of those who may call, checks and shows audit trails, and runs Python in the sandbox.")
        {
            ValidateCommand.Create(streams),
            EvalCommand.Create(streams),
            MigrateCommand.Create(streams),
            SchemaCommand.Create(streams),
            ProxyCommand.Create(streams),
            ApprovalsCommand.Create(streams),
            GrantsCommand.Create(streams),
            AuditCommand.Create(streams),
            PythonCommand.Create(streams),
        };
        HelpWithExamples.AddTo(root);

        // A name that begins with @ is a name, not a file of more arguments.
        var parser = new ParserConfiguration { ResponseFileTokenReplacer = null };
        ParseResult parsed = root.Parse(args, parser);
        var configuration = new InvocationConfiguration { Output = streams.Out, Error = streams.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        if (args.Length == 0)
        {
            // Who says nothing wants to know what there is; a script that has lost its words must not take that for success.
            await root.Parse(["--help"], parser).InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
            return ExitCodes.Usage;
        }

        if (Misuse.Of(parsed) is { } misuse)
        {
            throw new UsageException($"{Lower(misuse)} (see `policylayer {Words(parsed.CommandResult)}--help`)");
        }

        return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The words that lead to a command, each with a space behind it.</summary>
    private static string Words(CommandResult command) => command.Parent is CommandResult parent ? Words(parent) + command.Command.Name + " " : string.Empty;

    private static string Lower(string message) => message.Length == 0 ? message : (char.ToLowerInvariant(message[0]) + message[1..]).ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
