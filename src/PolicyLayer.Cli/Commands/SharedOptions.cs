using System.CommandLine;
using System.CommandLine.Parsing;

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

    /// <summary>Refuses the empty name, which a script passes when a variable of it is not set.</summary>
    public static Option<T> NamesAFile<T>(this Option<T> option)
    {
        option.Validators.Add(static result => RefuseEmpty(result, result.Tokens, result.Option.Name));
        return option;
    }

    /// <summary>Refuses the empty name, which a script passes when a variable of it is not set.</summary>
    public static Argument<T> NamesAFile<T>(this Argument<T> argument)
    {
        argument.Validators.Add(static result => RefuseEmpty(result, result.Tokens, result.Argument.Name));
        return argument;
    }

    private static void RefuseEmpty(SymbolResult result, IReadOnlyList<Token> tokens, string name)
    {
        if (tokens.Any(static token => string.IsNullOrWhiteSpace(token.Value)))
        {
            result.AddError($"an empty name is no file ({name})");
        }
    }
}
