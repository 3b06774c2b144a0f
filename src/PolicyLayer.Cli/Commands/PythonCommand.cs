using System.CommandLine;
using System.Globalization;
using PolicyLayer.Cli.Output;
using PolicyLayer.Cli.Python;
using PolicyLayer.Sdk.Python;

namespace PolicyLayer.Cli.Commands;

/// <summary><c>policylayer python FILE</c>: runs Python in the sandbox; <c>--report</c> says what the sandbox is on this machine.</summary>
internal static class PythonCommand
{
    public static Command Create(CommandStreams streams)
    {
        Argument<string> file = new Argument<string>("FILE") { Description = "the program; - or nothing reads standard input", Arity = ArgumentArity.ZeroOrOne }.NamesAFile();
        Option<double> timeout = new Option<double>("--timeout") { Description = "the seconds it may take, up to 3600", HelpName = "S", DefaultValueFactory = static _ => 10 }.Number(NumberStyles.Float, "0.001 to 3600 seconds");
        Option<int> memory = new Option<int>("--memory") { Description = "the megabytes it may take, the interpreter's own 20 to 60 included", HelpName = "MB", DefaultValueFactory = static _ => 256 }.Number(NumberStyles.AllowLeadingSign, "64 to 65536 whole megabytes");
        var imports = new Option<string[]>("--allow-import") { Description = "a module of the standard library that it may import; again, or with commas, for more", HelpName = "M", AllowMultipleArgumentsPerToken = false };
        Option<string> require = new Option<string>("--require") { Description = "the least isolation: without it nothing runs", HelpName = "LEVEL", DefaultValueFactory = static _ => "kernel" }.OneOf("full", "kernel", "seccomp", "none");
        var report = new Option<bool>("--report") { Description = "run nothing; show each layer of the sandbox on this machine, and what to do where one is missing" };
        Option<string> format = SharedOptions.Format();
        Option<bool> noColor = SharedOptions.NoColor();
        var command = new ExampledCommand(
            "python",
            "runs Python in the sandbox and prints its result",
            "policylayer python program.py --timeout 5 --allow-import math,json",
            "echo 'print(6 * 7)' | policylayer python - --format json",
            "policylayer python --report",
            "policylayer python --report --require full")
        {
            file,
            timeout,
            memory,
            imports,
            require,
            report,
            format,
            noColor,
        };
        command.ExitCodes = "Exit codes: 0 done: the program ended with 0; 1 it did not, and the result says how it ended; 2 nothing ran: wrong usage, or this machine does not isolate as required. With --report: 0 the required level holds; 1 it does not.";
        command.SetAction(async (parsed, cancellationToken) =>
        {
            PythonRunnerOptions options = PythonSettings.From(parsed.GetValue(timeout), parsed.GetValue(memory), parsed.GetValue(imports) ?? [], parsed.GetRequiredValue(require));
            bool json = parsed.GetValue(format) == "json";
            string? path = parsed.GetValue(file);
            var runner = new PythonRunner(options);
            await using (runner.ConfigureAwait(false))
            {
                if (!parsed.GetValue(report))
                {
                    string code = await PythonFile.ReadAsync(path ?? PolicyFiles.StandardInput, streams.In, options.MaxCodeBytes, cancellationToken).ConfigureAwait(false);
                    return ResultPrinter.Print(await runner.RunAsync(code, null, cancellationToken).ConfigureAwait(false), streams, json);
                }

                if (path is not null)
                {
                    throw new UsageException("--report runs nothing; leave FILE away");
                }

                PythonReport found = await runner.ReportAsync(cancellationToken).ConfigureAwait(false);
                return ReportPrinter.Print(found, options.MinimumIsolation, new Terminal(streams, parsed.GetValue(noColor)), streams, json);
            }
        });
        return command;
    }
}
