using System.CommandLine;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Commands;

/// <summary><c>policylayer validate FILE…</c>: everything that can be said of each document.</summary>
internal static class ValidateCommand
{
    public static Command Create(CommandStreams streams)
    {
        var files = new Argument<string[]>("FILE") { Description = "the policies to check", Arity = ArgumentArity.OneOrMore };
        var tools = new Option<string>("--tools") { Description = "a tools/list result, to check names and required arguments against", HelpName = "TOOLS.json" };
        Option<string> format = SharedOptions.Format();
        Option<bool> noColor = SharedOptions.NoColor();
        var command = new Command("validate", "shows every error and every lint of each policy") { files, tools, format, noColor };
        command.SetAction(parsed =>
        {
            IEnumerable<PolicyText> texts = parsed.GetRequiredValue(files).Select(PolicyFiles.Read).ToList();
            ToolCatalog? catalog = PolicyFiles.ReadTools(parsed.GetValue(tools));
            var terminal = new Terminal(streams, parsed.GetValue(noColor));
            bool json = parsed.GetValue(format) == "json";
            bool valid = true;
            foreach (PolicyText text in texts)
            {
                PolicyReview review = PolicyReview.Of(text, catalog);
                valid &= !review.HasErrors;
                if (json)
                {
                    streams.Out.WriteLine(ToJson(text, review));
                }
                else
                {
                    DiagnosticPrinter.Print(terminal, text, review);
                }
            }

            return valid ? ExitCodes.Done : ExitCodes.No;
        });
        return command;
    }

    private static string ToJson(PolicyText text, PolicyReview review) => JsonLine.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("file", text.Source);
        writer.WriteBoolean("valid", !review.HasErrors);
        writer.WriteStartArray("diagnostics");
        foreach (PolicyDiagnostic diagnostic in review.Diagnostics)
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
