using System.CommandLine;
using PolicyLayer.Cli.Commands;

namespace PolicyLayer.Cli.Grants;

/// <summary>Options that the commands of grants share.</summary>
internal static class GrantsOptions
{
    public const string ExitCodes = "Exit codes: 0 done; 2 it was not done, and nothing was changed: wrong usage, a grant that does not exist or does already, a file that cannot be used.";

    public static Option<string> File() => new Option<string>("--file") { Description = "the file of grants", Required = true, HelpName = "FILE" }.NamesAFile();

    public static Option<string> Id(string description)
    {
        var option = new Option<string>("--id") { Description = description, Required = true, HelpName = "ID" };
        option.Validators.Add(static result =>
        {
            if (result.Tokens.Any(static token => string.IsNullOrWhiteSpace(token.Value)))
            {
                result.AddError("the id of a grant must not be empty (--id)");
            }
        });
        return option;
    }

    public static Option<string> Expires(string description) => new("--expires") { Description = description, HelpName = "TIME" };
}
