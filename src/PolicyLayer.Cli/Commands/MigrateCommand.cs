using System.CommandLine;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Commands;

/// <summary><c>policylayer migrate FILE</c>: a policy of any generation in the form of this one.</summary>
internal static class MigrateCommand
{
    public static Command Create(CommandStreams streams)
    {
        var file = new Argument<string>("FILE") { Description = "the policy, of any generation" };
        var target = new Option<string>("--output", "-o") { Description = "write there instead of to standard output", HelpName = "OUT" };
        var force = new Option<bool>("--force") { Description = "replace OUT when it exists" };
        var command = new Command("migrate", "writes a policy of any generation as PolicyLayer JSON, with a note for each thing that changed meaning") { file, target, force };
        command.SetAction(parsed =>
        {
            PolicyMigration migration = PolicyMigration.Of(PolicyFiles.Read(parsed.GetRequiredValue(file)));
            foreach (PolicyDiagnostic diagnostic in migration.Diagnostics)
            {
                streams.Error.WriteLine(diagnostic.ToString());
            }

            if (migration.Json is not { } json)
            {
                return ExitCodes.No;
            }

            if (parsed.GetValue(target) is { } path)
            {
                Write(path, json, parsed.GetValue(force));
            }
            else
            {
                streams.Out.Write(json);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Writes the whole file or none of it.</summary>
    private static void Write(string path, string json, bool force)
    {
        if (File.Exists(path) && !force)
        {
            throw new UsageException($"{path}: the file exists; give another name, or --force to replace it");
        }

        string unfinished = path + ".unfinished";
        try
        {
            File.WriteAllText(unfinished, json);
            File.Move(unfinished, path, overwrite: force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(unfinished);
            throw new UsageException($"{path}: the file cannot be written; check that its folder exists and has room");
        }
    }
}
