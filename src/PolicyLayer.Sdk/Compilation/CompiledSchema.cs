using PolicyLayer.Schemas;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>The schema that a call's arguments must satisfy, and where it stands.</summary>
internal sealed class CompiledSchema(RuleReference reference, JsonSchema schema)
{
    public RuleReference Reference { get; } = reference;

    public bool IsSatisfiedBy(in ToolArguments arguments) =>
        arguments.Members is { } members ? schema.IsValid(members) : schema.IsValid(arguments.ObjectElement);

    /// <summary>What is wrong with arguments that do not satisfy it, for the model.</summary>
    public string Explain(in ToolArguments arguments)
    {
        const int MostErrors = 3;
        IReadOnlyList<JsonValidationError> errors = arguments.Members is { } members ? schema.Validate(members) : schema.Validate(arguments.ObjectElement);
        string text = string.Join("; ", errors.Take(MostErrors).Select(static error => error.Message));
        return errors.Count > MostErrors ? text + "; and more" : text;
    }
}
