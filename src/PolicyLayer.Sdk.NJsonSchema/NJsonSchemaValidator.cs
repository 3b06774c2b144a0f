using System.Text.Json;
using PolicyLayer.Sdk.NJsonSchema.Loading;
using ForeignError = global::NJsonSchema.Validation.ValidationError;
using ForeignSchema = global::NJsonSchema.JsonSchema;

namespace PolicyLayer.Sdk.NJsonSchema;

/// <summary>Holds arguments to a draft-4 schema by NJsonSchema 11.6, for hosts whose schemas are written for it. Safe for concurrent use.</summary>
/// <remarks>
/// Names are compared as they are written: at every depth a name that differs from a declared one only in upper and lower case is a problem.
/// A member that the schema does not declare passes unless it says <c>"additionalProperties": false</c>.
/// Stricter than the schema in a few places: numbers are written without an exponent in at most 28 digits, integers fit in 64 bits, 1.0 is no integer, and where <c>minLength</c> is above 1 no text holds characters beyond U+FFFF.
/// </remarks>
public sealed class NJsonSchemaValidator : IArgumentValidator
{
    private const int MostErrors = 3;

    private readonly ForeignSchema _schema;
    private readonly Dictionary<string, string> _names;
    private readonly bool _asksMinLength;

    private NJsonSchemaValidator(SchemaReader reader)
    {
        // Completes at once: nothing in the text leads out of it.
        _schema = ForeignSchema.FromJsonAsync(reader.Text).GetAwaiter().GetResult();
        _names = reader.Names;
        _asksMinLength = reader.AsksMinLength;

        // NJsonSchema fills caches at the first use.
        _ = _schema.Validate(new Newtonsoft.Json.Linq.JObject());
    }

    /// <summary>Loads a schema. Reads nothing from a network or a disk.</summary>
    /// <param name="schemaJson">A draft-4 schema in JSON, at most 1 MiB and 64 levels deep.</param>
    /// <exception cref="SchemaRefusedException">It is none, or NJsonSchema would ignore a part of it, judge it wrongly or too slowly.</exception>
    public static NJsonSchemaValidator Load(string schemaJson)
    {
        ArgumentNullException.ThrowIfNull(schemaJson);
        return new NJsonSchemaValidator(SchemaReader.Read(schemaJson));
    }

    /// <inheritdoc/>
    public ArgumentProblem? Validate(JsonElement arguments)
    {
        var reader = new InstanceReader(_names, _asksMinLength);
        Newtonsoft.Json.Linq.JToken instance = reader.Read(arguments);
        if (reader.Problem is { } problem)
        {
            return problem;
        }

        ICollection<ForeignError> errors = _schema.Validate(instance);
        return errors.Count == 0 ? null : new ArgumentProblem(string.Join("; ", errors.Take(MostErrors).Select(ErrorText.Of)));
    }
}
