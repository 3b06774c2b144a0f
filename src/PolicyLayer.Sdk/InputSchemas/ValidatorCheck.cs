using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using PolicyLayer.Schemas.Text;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Decisions;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>Asks a host's validator, and lets nothing of it out but the text of a problem.</summary>
internal sealed class ValidatorCheck(IArgumentValidator validator) : IArgumentCheck
{
    private const int MaxLength = 1000;

    /// <summary>What stands for a validator that threw.</summary>
    private static readonly ArgumentProblem Threw = new("they could not be checked");

    public bool Holds(in ToolArguments arguments) => Ask(arguments) is null;

    // A validator that gave no answer, or now gives another one, has nothing to say to the model.
    public Denial Refuse(in ToolArguments arguments) =>
        Ask(arguments) is { } problem && !ReferenceEquals(problem, Threw)
            ? new Denial(InputSchemaRule.Violated) { Detail = Shown(problem.Message) }
            : new Denial(InputSchemaRule.Unjudged);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever a validator throws is a denial.")]
    private ArgumentProblem? Ask(in ToolArguments arguments)
    {
        try
        {
            return validator.Validate(arguments.Members is { } members ? ObjectOf(members) : arguments.ObjectElement);
        }
        catch (Exception)
        {
            return Threw;
        }
    }

    private static JsonElement ObjectOf(Dictionary<string, JsonElement> members) => WrittenJson.Of(writer =>
    {
        writer.WriteStartObject();
        foreach ((string name, JsonElement value) in members)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    });

    /// <summary>The text on one line, shortened. Backticks stay: they are the validator's own.</summary>
    private static string Shown(string message)
    {
        var shown = new StringBuilder();
        foreach (Rune rune in message.EnumerateRunes())
        {
            if (shown.Length >= MaxLength)
            {
                return shown.Append('…').ToString();
            }

            shown.AppendShown(rune, ShownRune.IsUnseen(rune));
        }

        return shown.ToString();
    }
}
