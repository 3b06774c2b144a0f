using System.CommandLine;

namespace PolicyLayer.Cli.Commands;

/// <summary>A command whose help shows how it is used.</summary>
internal sealed class ExampledCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>What its exit codes mean, where it has more to say than the others.</summary>
    public string? ExitCodes { get; set; }
}
