using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace PolicyLayer.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    public static Option<string> Format() => new Option<string>("--format")
    {
        Description = "text for people, json for programs",
        DefaultValueFactory = static _ => "text",
    }.OneOf("text", "json");

    public static Option<bool> NoColor() => new("--no-color") { Description = "no colours, as with the variable NO_COLOR" };

    /// <summary>Takes one of a few words, and names them where it is none.</summary>
    public static Option<string> OneOf(this Option<string> option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => !words.Contains(token.Value, StringComparer.Ordinal)) is { } token)
            {
                result.AddError($"{option.Name} `{token.Value}` must be one of {string.Join(", ", words)}");
            }
        });
        return option;
    }

    /// <summary>Takes a plain number, in whatever culture: a comma is no point, nor is it left out.</summary>
    /// <param name="option">The option.</param>
    /// <param name="styles">How the number may be written.</param>
    /// <param name="what">What it must be, in words.</param>
    public static Option<T> Number<T>(this Option<T> option, NumberStyles styles, string what)
        where T : struct, INumber<T>
    {
        option.CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!T.TryParse(text, styles, CultureInfo.InvariantCulture, out T number))
            {
                result.AddError($"{option.Name} must be {what}, not `{text}`");
            }

            return number;
        };
        return option;
    }

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
