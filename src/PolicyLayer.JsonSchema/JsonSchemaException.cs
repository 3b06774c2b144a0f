namespace PolicyLayer.Schemas;

/// <summary>Thrown when a schema cannot be compiled; carries every error found, up to <see cref="JsonSchemaOptions.MaxErrors"/>.</summary>
public sealed class JsonSchemaException : Exception
{
    private const int Shown = 10;

    internal JsonSchemaException(IReadOnlyList<JsonSchemaError> errors)
        : base(Describe(errors)) => Errors = errors;

    /// <summary>The errors, in the order of the schema's text as far as possible; never empty.</summary>
    public IReadOnlyList<JsonSchemaError> Errors { get; }

    private static string Describe(IReadOnlyList<JsonSchemaError> errors)
    {
        string text = string.Join(Environment.NewLine, errors.Take(Shown));
        return errors.Count <= Shown ? text : $"{text}{Environment.NewLine}and {errors.Count - Shown} more";
    }
}
