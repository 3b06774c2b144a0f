using ForeignError = global::NJsonSchema.Validation.ValidationError;
using Kind = global::NJsonSchema.Validation.ValidationErrorKind;

namespace PolicyLayer.Sdk.NJsonSchema;

/// <summary>Errors of NJsonSchema in words for the model, without values.</summary>
internal static class ErrorText
{
    private const int MaxLength = 100;

    /// <summary>Where, and what was expected.</summary>
    public static string Of(ForeignError error)
    {
        // Items and members have an error around their own.
        if (error is global::NJsonSchema.Validation.ChildSchemaValidationError { Kind: Kind.ArrayItemNotValid or Kind.AdditionalPropertiesNotValid } around
            && around.Errors.Values.FirstOrDefault()?.FirstOrDefault() is { } inner)
        {
            return inner.Path?.StartsWith(error.Path ?? string.Empty, StringComparison.Ordinal) == true ? Of(inner) : $"{PlaceOf(error)} {What(inner)}";
        }

        return $"{PlaceOf(error)} {What(error)}";
    }

    private static string PlaceOf(ForeignError error)
    {
        string path = error.Path?.TrimStart('#', '/').Replace('`', '\'') ?? string.Empty;
        return path.Length == 0 ? "the arguments" : path.Length > MaxLength ? $"`{path[..MaxLength]}…`" : $"`{path}`";
    }

    private static string What(ForeignError error) => error.Kind switch
    {
        Kind.StringExpected => "must be a string",
        Kind.NumberExpected => "must be a number",
        Kind.IntegerExpected => "must be an integer",
        Kind.BooleanExpected => "must be true or false",
        Kind.ObjectExpected => "must be an object",
        Kind.ArrayExpected => "must be a list",
        Kind.NullExpected => "must be null",
        Kind.PropertyRequired => "is required",
        Kind.NoAdditionalPropertiesAllowed => "is not declared",
        Kind.NotInEnumeration => "must be one of the declared values",
        Kind.StringTooShort => $"must have at least {error.Schema.MinLength} characters",
        Kind.StringTooLong => $"must have at most {error.Schema.MaxLength} characters",
        Kind.NumberTooSmall => "is below the least that is allowed",
        Kind.NumberTooBig => "is above the most that is allowed",
        Kind.TooFewItems => $"must have at least {error.Schema.MinItems} items",
        Kind.TooManyItems => $"must have at most {error.Schema.MaxItems} items",
        _ => $"does not satisfy the schema ({error.Kind})",
    };
}
