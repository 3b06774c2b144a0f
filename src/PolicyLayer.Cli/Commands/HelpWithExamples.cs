using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace PolicyLayer.Cli.Commands;

/// <summary>The help of a command, and examples of it.</summary>
internal sealed class HelpWithExamples(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    private const string ExitCodes = "Exit codes: 0 done; 1 the answer is no: a policy with errors, an expectation that does not hold; 2 wrong usage, or input that cannot be read. A proxy ends with the exit code of its server.";

    private static readonly string[] First =
    [
        "policylayer validate policy.json",
        "policylayer eval --policy policy.json --tool create_charge --args '{\"amount\": 200}' --explain",
    ];

    public override bool Terminating => true;

    public override bool ClearsParseErrors => true;

    /// <summary>Shows examples wherever help is asked for.</summary>
    public static void AddTo(RootCommand root)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((SynchronousCommandLineAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in parseResult.CommandResult.Command is ExampledCommand command ? command.Examples : First)
        {
            output.WriteLine("  " + example);
        }

        output.WriteLine();
        output.WriteLine((parseResult.CommandResult.Command as ExampledCommand)?.ExitCodes ?? ExitCodes);
        return code;
    }
}
