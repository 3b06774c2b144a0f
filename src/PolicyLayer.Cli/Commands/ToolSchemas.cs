using System.CommandLine;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Commands;

/// <summary>The words of <c>--tool-schemas</c>: how far calls are held to what tools themselves declare.</summary>
internal static class ToolSchemas
{
    private const string Strict = "strict";
    private const string Declared = "declared";
    private const string Off = "off";

    public static Option<string> CreateOption() => new Option<string>("--tool-schemas")
    {
        Description = "how the tools' own schemas hold: strict also refuses arguments that they do not declare, declared only what they forbid, off leaves arguments to the policies",
        DefaultValueFactory = static _ => Strict,
    }.OneOf(Strict, Declared, Off);

    public static ToolSchemaEnforcement ToEnforcement(string word) => new(enforceSchemas: word != Off, strict: word == Strict, []);

    public static void Apply(string word, ToolPolicyMcpOptions options) => (options.EnforceToolSchemas, options.StrictToolSchemas) = (word != Off, word == Strict);
}
