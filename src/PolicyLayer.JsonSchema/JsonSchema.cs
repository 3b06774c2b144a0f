using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Keywords;

namespace PolicyLayer.Schemas;

/// <summary>A compiled JSON Schema (2020-12 or draft 7).</summary>
/// <remarks>
/// Immutable and safe for concurrent use. It keeps nothing of the <see cref="JsonElement"/> that it was compiled from, so that document may be disposed.
/// A keyword that cannot be enforced is an error of compilation, never ignored.
/// </remarks>
public sealed class JsonSchema
{
    private readonly CompiledSchema _schema;
    private readonly int _maxErrors;
    private readonly long _maxSteps;
    private readonly bool _quotesValues;

    private JsonSchema(CompiledSchema schema, JsonSchemaOptions options)
    {
        _schema = schema;
        _maxErrors = options.MaxErrors;
        _maxSteps = options.MaxSteps;
        _quotesValues = options.QuoteInstanceValues;
    }

    /// <summary>Whether no object holds that has a member which the <c>properties</c> beside <c>additionalProperties</c> at the top do not name.</summary>
    internal bool IsClosed => _schema.Root.Keywords.Any(static keyword => keyword is MembersKeyword { IsClosed: true });

    /// <summary>Compiles a schema.</summary>
    /// <param name="schema">An object, or <c>true</c> or <c>false</c>.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="JsonSchemaException">The schema is wrong, uses what is not supported, or passes a bound of <paramref name="options"/>; all errors are listed.</exception>
    public static JsonSchema Compile(JsonElement schema, JsonSchemaOptions? options = null) =>
        TryCompile(schema, options, out JsonSchema? compiled, out IReadOnlyList<JsonSchemaError> errors) ? compiled : throw new JsonSchemaException(errors);

    /// <summary>Parses and compiles a schema.</summary>
    /// <param name="schema">JSON text (RFC 8259); no comments, no trailing commas.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="JsonSchemaException">As for <see cref="Compile(JsonElement, JsonSchemaOptions?)"/>, and when the text is not JSON.</exception>
    public static JsonSchema Compile([StringSyntax(StringSyntaxAttribute.Json)] string schema, JsonSchemaOptions? options = null)
    {
        using JsonDocument document = SchemaText.Parse(schema, options ?? JsonSchemaOptions.Default);
        return Compile(document.RootElement, options);
    }

    /// <summary>Compiles a schema, giving errors back in place of an exception.</summary>
    /// <param name="schema">An object, or <c>true</c> or <c>false</c>.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="compiled">The schema, or null when there are errors.</param>
    /// <param name="errors">Every error found, up to <see cref="JsonSchemaOptions.MaxErrors"/>; empty on success.</param>
    public static bool TryCompile(
        JsonElement schema,
        JsonSchemaOptions? options,
        [NotNullWhen(true)] out JsonSchema? compiled,
        out IReadOnlyList<JsonSchemaError> errors) => TryCompile(schema, options, out compiled, out errors, out _);

    /// <summary>The same, and how large all patterns are together that it made, with errors or without, as <see cref="JsonSchemaOptions.MaxPatternSize"/> counts.</summary>
    internal static bool TryCompile(
        JsonElement schema,
        JsonSchemaOptions? options,
        [NotNullWhen(true)] out JsonSchema? compiled,
        out IReadOnlyList<JsonSchemaError> errors,
        out int patternSize)
    {
        options ??= JsonSchemaOptions.Default;
        var found = new SchemaErrors(options.MaxErrors);
        var patterns = new SchemaPatterns(options.MaxPatternSize);
        compiled = SchemaCompiler.Compile(schema, options, found, patterns) is CompiledSchema result ? new JsonSchema(result, options) : null;
        patternSize = patterns.Size;
        errors = found.ToList();
        return compiled is not null;
    }

    /// <summary>Whether an instance satisfies the schema. Stops at the first failure. Allocates nothing, but for a pattern's program and states, which its first searches make, and for the format <c>regex</c>.</summary>
    /// <param name="instance">Any JSON value. A default <see cref="JsonElement"/> is never valid.</param>
    /// <remarks>
    /// An instance that takes more than <see cref="JsonSchemaOptions.MaxSteps"/>, or goes some hundred levels deep into a schema that refers to itself, is not valid.
    /// Numbers are compared exactly. A number whose exponent has more than 15 characters is not compared: where that matters, the instance is not valid.
    /// Patterns are searched in linear time; where all searches of a validation would take more than 2·10^9 steps (size of the pattern times characters), it is not valid either.
    /// </remarks>
    /// <exception cref="ObjectDisposedException">The instance's document was disposed.</exception>
    public bool IsValid(JsonElement instance) => instance.ValueKind != JsonValueKind.Undefined && Judge(new Instance(instance), null);

    /// <summary>The same as <see cref="IsValid(JsonElement)"/> for the object with these members.</summary>
    /// <param name="members">Is only enumerated, so its comparer does not matter. Must not be changed meanwhile.</param>
    public bool IsValid(Dictionary<string, JsonElement> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        return Judge(new Instance(members), null) && HasOnlyValues(members);
    }

    /// <summary>Finds what is wrong with an instance. Slower than <see cref="IsValid(JsonElement)"/>: meant for the answer to a refused call.</summary>
    /// <param name="instance">Any JSON value.</param>
    /// <returns>Every error, up to <see cref="JsonSchemaOptions.MaxErrors"/>; empty exactly when <see cref="IsValid(JsonElement)"/> is true.</returns>
    public IReadOnlyList<JsonValidationError> Validate(JsonElement instance)
    {
        if (instance.ValueKind == JsonValueKind.Undefined)
        {
            return ErrorCollector.NoValue();
        }

        // The verdict is that of IsValid, always: going on after a failure may meet what cannot be decided, and would then say more than was asked.
        return IsValid(instance) ? [] : Explain(new Instance(instance));
    }

    /// <summary>The same as <see cref="Validate(JsonElement)"/> for the object with these members.</summary>
    /// <param name="members">Is only enumerated, so its comparer does not matter. Must not be changed meanwhile.</param>
    public IReadOnlyList<JsonValidationError> Validate(Dictionary<string, JsonElement> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (!HasOnlyValues(members))
        {
            return ErrorCollector.NoValue();
        }

        return IsValid(members) ? [] : Explain(new Instance(members));
    }

    private List<JsonValidationError> Explain(scoped in Instance instance)
    {
        var errors = new ErrorCollector(_maxErrors, _quotesValues);
        _ = Judge(instance, errors);
        return errors.ToList();
    }

    private bool Judge(scoped in Instance instance, ErrorCollector? errors)
    {
        var run = new EvaluationRun(errors, _maxSteps, _schema.DynamicNames);
        bool isValid = _schema.Root.Evaluate(instance, ref run) && !run.IsUndecidable;

        // Not in a `finally`: should an exception pass (the document was disposed), the pool makes do without.
        run.Release();
        return isValid;
    }

    private static bool HasOnlyValues(Dictionary<string, JsonElement> members)
    {
        foreach (KeyValuePair<string, JsonElement> member in members)
        {
            if (member.Value.ValueKind == JsonValueKind.Undefined)
            {
                return false;
            }
        }

        return true;
    }
}
