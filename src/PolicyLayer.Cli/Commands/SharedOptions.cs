using System.CommandLine;

namespace PolicyLayer.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    public static Option<string> Format() => new Option<string>("--format")
    {
        Description = "text for people, json for programs",
        DefaultValueFactory = static _ => "text",
    }.AcceptOnlyFromAmong("text", "json");

    public static Option<bool> NoColor() => new("--no-color") { Description = "no colours, as with the variable NO_COLOR" };
}
