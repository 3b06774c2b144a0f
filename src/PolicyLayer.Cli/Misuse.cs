using System.CommandLine;
using System.CommandLine.Parsing;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Cli;

/// <summary>What is wrong with a command line, for people.</summary>
internal static class Misuse
{
    /// <summary>What is wrong, or null. A word that nobody knows says more than what is missing because of it.</summary>
    public static string? Of(ParseResult parsed)
    {
        string? unknown = StrayOption(parsed) ?? (parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null);
        return unknown is not null ? Unknown(unknown, parsed.CommandResult)
            : parsed.Errors.Count > 0 ? parsed.Errors[0].Message
            : WithoutValue(parsed.CommandResult);
    }

    /// <summary>A slip in an option would be taken for a file, or for the program of a server; what really begins so stands behind <c>--</c>.</summary>
    private static string? StrayOption(ParseResult parsed)
    {
        Token[] options = [.. parsed.Tokens.TakeWhile(static token => token.Type != TokenType.DoubleDash).Where(static token => token.Value.Length > 1 && token.Value[0] == '-')];
        Token[] taken = [.. parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(static argument => argument.Tokens)];
        return options.FirstOrDefault(option => taken.Any(token => ReferenceEquals(token, option)))?.Value;
    }

    /// <summary>An option that may come again, once without its value: a variable that is not set, say. Left out, it would be one policy less.</summary>
    private static string? WithoutValue(CommandResult command) => command.Children
        .OfType<OptionResult>()
        .Where(static option => option.Option.Arity.MaximumNumberOfValues > 1 && option.IdentifierTokenCount > option.Tokens.Count)
        .Select(static option => $"{option.Option.Name} needs a {option.Option.HelpName} each time it is written")
        .FirstOrDefault();

    private static string Unknown(string word, CommandResult command)
    {
        string[] known = [.. command.Command.Subcommands.Select(static sub => sub.Name), .. command.Command.Options.Select(static option => option.Name)];
        string hint = NearestName.Find(word.Split('=')[0], known) is { } nearest
            ? $"; did you mean `{nearest}`?"
            : command.Command.Arguments.Any(static argument => argument.Name == "COMMAND") ? "; what belongs to the server stands behind --" : string.Empty;
        return $"`{word}` is not a command or an option here{hint}";
    }
}
