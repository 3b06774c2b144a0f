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
            ToolCatalog? catalog = PolicyFiles.ReadTools(parsed.GetValue(tools));
            var reviews = parsed.GetRequiredValue(files).Select(path => Review(path, catalog)).ToList();
            var terminal = new Terminal(streams, parsed.GetValue(noColor));
            bool json = parsed.GetValue(format) == "json";
            bool valid = true;
            foreach ((PolicyText text, IReadOnlyList<PolicyDiagnostic> diagnostics) in reviews)
            {
                valid &= IsValid(diagnostics);
                if (json)
                {
                    streams.Out.WriteLine(ToJson(text, diagnostics));
                }
                else
                {
                    DiagnosticPrinter.Print(terminal, text, diagnostics);
                }
            }

            return valid ? ExitCodes.Done : ExitCodes.No;
        });
        return command;
    }

    /// <summary>A file, and all that is said of it, also when it is no YAML.</summary>
    private static (PolicyText Text, IReadOnlyList<PolicyDiagnostic> Diagnostics) Review(string path, ToolCatalog? catalog)
    {
        try
        {
            PolicyText text = PolicyFiles.Read(path);
            return (text, PolicyReview.Of(text, catalog).Diagnostics);
        }
        catch (PolicyFormatException e)
        {
            return (PolicyText.Load(path), e.Diagnostics);
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
