using System.CommandLine;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Commands;

/// <summary><c>policylayer validate FILE…</c>: everything that can be said of each document.</summary>
internal static class ValidateCommand
{
    public static Command Create(CommandStreams streams)
    {
        Argument<string[]> files = new Argument<string[]>("FILE") { Description = "the policies to check; - reads one from standard input", Arity = ArgumentArity.OneOrMore }.NamesAFile();
        Option<string> tools = new Option<string>("--tools") { Description = "a tools/list result, to check names and required arguments against", HelpName = "TOOLS.json" }.NamesAFile();
        Option<string> format = SharedOptions.Format();
        Option<bool> noColor = SharedOptions.NoColor();
        var command = new ExampledCommand(
            "validate",
            "shows every error and every lint of each policy",
            "policylayer validate policy.json",
            "policylayer validate policies/*.json --tools tools.json",
            "generate-policy | policylayer validate - --format json")
        {
            files,
            tools,
            format,
            noColor,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ToolCatalog? catalog = PolicyFiles.ReadTools(parsed.GetValue(tools));
            var terminal = new Terminal(streams, parsed.GetValue(noColor));
            bool json = parsed.GetValue(format) == "json";
            string[] paths = [.. parsed.GetRequiredValue(files).Distinct(StringComparer.Ordinal)];
            var reviews = new List<IReadOnlyList<PolicyDiagnostic>>();
            foreach (string path in paths)
            {
                if (await ReadAsync(path, streams, cancellationToken).ConfigureAwait(false) is not { } file)
                {
                    continue;
                }

                IReadOnlyList<PolicyDiagnostic> diagnostics = Review(file, catalog);
                reviews.Add(diagnostics);
                if (json)
                {
                    streams.Out.WriteLine(ToJson(file, diagnostics));
                }
                else
                {
                    DiagnosticPrinter.Print(terminal, file, diagnostics);
                }
            }

            if (!json && reviews.Count > 1)
            {
                DiagnosticPrinter.PrintSum(terminal, reviews);
            }

            return reviews.Count < paths.Length ? ExitCodes.Usage : reviews.TrueForAll(IsValid) ? ExitCodes.Done : ExitCodes.No;
        });
        return command;
    }

    /// <summary>A file, or null when it cannot be read, which is told; the others are shown all the same.</summary>
    private static async Task<PolicyText?> ReadAsync(string path, CommandStreams streams, CancellationToken cancellationToken)
    {
        try
        {
            return await PolicyFiles.ReadAsync(path, streams.In, cancellationToken).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            streams.WriteError("policylayer: " + e.Message);
            return null;
        }
    }

    /// <summary>All that is said of a file, also when it is no YAML.</summary>
    private static IReadOnlyList<PolicyDiagnostic> Review(PolicyText file, ToolCatalog? catalog)
    {
        try
        {
            return PolicyReview.Of(PolicyFiles.ToJson(file), catalog).Diagnostics;
        }
        catch (PolicyFormatException e)
        {
            return e.Diagnostics;
        }
    }

    private static bool IsValid(IReadOnlyList<PolicyDiagnostic> diagnostics) => diagnostics.All(static diagnostic => diagnostic.Severity != PolicySeverity.Error);

    private static string ToJson(PolicyText text, IReadOnlyList<PolicyDiagnostic> diagnostics) => JsonLine.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("file", text.Source);
        writer.WriteBoolean("valid", IsValid(diagnostics));
        writer.WriteStartArray("diagnostics");
        foreach (PolicyDiagnostic diagnostic in diagnostics)
        {
            writer.WriteStartObject();
            writer.WriteString("code", diagnostic.Code);
            writer.WriteString("severity", diagnostic.Severity switch
            {
                PolicySeverity.Error => "error",
                PolicySeverity.Warning => "warning",
                _ => "note",
            });
            writer.WriteString("message", diagnostic.Message);
            writer.WriteNumber("line", diagnostic.Line);
            writer.WriteNumber("column", diagnostic.Column);
            writer.WriteString("pointer", diagnostic.Pointer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
