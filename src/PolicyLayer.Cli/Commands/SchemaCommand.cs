using System.CommandLine;

namespace PolicyLayer.Cli.Commands;

/// <summary><c>policylayer schema</c>: the JSON Schema of the policy document, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create(CommandStreams streams)
    {
        var command = new ExampledCommand("schema", "prints the JSON Schema of the policy document, for editors", "policylayer schema > policy.schema.json");
        command.SetAction(_ =>
        {
            using Stream schema = typeof(SchemaCommand).Assembly.GetManifestResourceStream("policy.schema.json")!;
            using var reader = new StreamReader(schema);
            streams.Out.Write(reader.ReadToEnd());
            return ExitCodes.Done;
        });
        return command;
    }
}
