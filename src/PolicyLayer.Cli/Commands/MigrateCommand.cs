using System.CommandLine;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Commands;

/// <summary><c>policylayer migrate FILE</c>: a policy of any generation in the form of this one.</summary>
internal static class MigrateCommand
{
    public static Command Create(CommandStreams streams)
    {
        Argument<string> file = new Argument<string>("FILE") { Description = "the policy, of any generation; - reads standard input" }.NamesAFile();
        Option<string> target = new Option<string>("--output", "-o") { Description = "write there instead of to standard output", HelpName = "OUT" }.NamesAFile();
        var force = new Option<bool>("--force") { Description = "replace OUT when it exists" };
        var command = new ExampledCommand(
            "migrate",
            "writes a policy of any generation as PolicyLayer JSON, with a note for each thing that changed meaning",
            "policylayer migrate intercept.yaml -o policy.json",
            "policylayer migrate old.json -o old.json --force")
        {
            file,
            target,
            force,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            PolicyMigration migration = PolicyMigration.Of(PolicyFiles.ToJson(await PolicyFiles.ReadAsync(parsed.GetRequiredValue(file), streams.In, cancellationToken).ConfigureAwait(false)));
            foreach (PolicyDiagnostic diagnostic in migration.Diagnostics)
            {
                streams.WriteError(diagnostic.ToString());
            }

            if (migration.Json is not { } json)
            {
                return ExitCodes.No;
            }

            if (parsed.GetValue(target) is { } path && path != "-")
            {
                WholeFile.Write(path, json, parsed.GetValue(force));
            }
            else
            {
                streams.Out.Write(json);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
