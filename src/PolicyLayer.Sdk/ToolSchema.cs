using System.Text.Json;
using PolicyLayer.Schemas;
using PolicyLayer.Sdk.Decisions;
using PolicyLayer.Sdk.InputSchemas;

namespace PolicyLayer.Sdk;

/// <summary>The schema that a tool itself declares for its arguments, compiled, or a host's own validator in its place: calls that do not satisfy it are denied (policy format section 4, check 5).</summary>
/// <remarks>
/// Immutable and safe for concurrent use. Compiling takes far longer than a decision: compile once for each tool.
/// It keeps nothing of the <see cref="JsonElement"/> that it was compiled from.
/// </remarks>
public sealed class ToolSchema
{
    private readonly IArgumentCheck _check;
    private int _isTold;

    private ToolSchema(IArgumentCheck check) => _check = check;

    private ToolSchema(string problem)
        : this(new UnenforceableCheck()) => Problem = problem;

    /// <summary>Why the schema cannot be enforced, for an operator; null when it can. A schema that cannot be enforced denies every call.</summary>
    public string? Problem { get; }

    /// <summary>Compiles a tool's schema. It never throws because of what the schema says: see <see cref="Problem"/>.</summary>
    /// <param name="inputSchema">The schema as the tool lists it: 2020-12, or what its <c>$schema</c> says. Keywords and formats that JSON Schema does not have judge nothing.</param>
    /// <param name="strict">Whether arguments that the schema does not declare are denied where it says nothing of them: an absent <c>additionalProperties</c> at the top then counts as <c>false</c>.</param>
    /// <remarks>Strict or not, the name of a member that differs from a declared one only in upper and lower case is denied at every depth, because many a tool would take it for that one.</remarks>
    /// <exception cref="ObjectDisposedException">The schema's document was disposed.</exception>
    public static ToolSchema Compile(JsonElement inputSchema, bool strict = true)
    {
        if (inputSchema.ValueKind == JsonValueKind.Undefined)
        {
            return new ToolSchema("there is none");
        }

        JsonElement plain;
        try
        {
            plain = ForeignSchema.Plain(inputSchema);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException and not ObjectDisposedException)
        {
            return new ToolSchema("it is more than 64 levels deep, or holds half of a surrogate pair");
        }

        return CompilePlain(plain, strict);
    }

    /// <summary>Takes a host's own validator for the tool's schema: it is asked where a schema would be, behind those of the policies.</summary>
    /// <param name="validator">Asked for each call that the policies' schemas pass, by many threads at once. Whatever it throws is a denial.</param>
    /// <remarks>Names that differ from declared ones in case are not looked for here, as only the validator knows what it declares: see <see cref="IArgumentValidator"/>.</remarks>
    public static ToolSchema From(IArgumentValidator validator)
    {
        ArgumentNullException.ThrowIfNull(validator);
        return new ToolSchema(new ValidatorCheck(validator));
    }

    /// <summary>The same, and a host's own validator behind it: arguments must satisfy both.</summary>
    /// <param name="validator">Asked for each call that the schema passes: see <see cref="From"/>.</param>
    /// <remarks>A schema that cannot be enforced still denies every call.</remarks>
    public ToolSchema With(IArgumentValidator validator)
    {
        ArgumentNullException.ThrowIfNull(validator);
        return Problem is null ? new ToolSchema(new BothChecks(_check, new ValidatorCheck(validator))) : this;
    }

    /// <summary>Whether arguments that are well formed satisfy the schema.</summary>
    internal bool IsSatisfiedBy(in ToolArguments arguments) => _check.Holds(arguments);

    /// <summary>The denial of arguments that do not satisfy the schema.</summary>
    internal Denial Refuse(in ToolArguments arguments) => _check.Refuse(arguments);

    /// <summary>Whether a denial speaks of this schema, and nobody was told yet that it cannot be enforced.</summary>
    internal bool MustTell(Denial? denial) => Problem is not null && InputSchemaRule.Speaks(denial) && Interlocked.Exchange(ref _isTold, 1) == 0;

    private static ToolSchema CompilePlain(JsonElement inputSchema, bool strict)
    {
        if (!JsonSchema.TryCompile(inputSchema, InputSchemaOptions.For(inputSchema), out JsonSchema? schema, out IReadOnlyList<JsonSchemaError> errors))
        {
            return new ToolSchema(errors[0].ToString());
        }

        if (!NamePlaceCompiler.TryCompile(inputSchema, out NamePlace? names, out bool takesAnyName, out string? problem))
        {
            return new ToolSchema(problem);
        }

        if (strict && StrictRoot.Of(inputSchema, names, takesAnyName) is { } strictSchema
            && !JsonSchema.TryCompile(strictSchema, InputSchemaOptions.For(strictSchema), out schema, out errors))
        {
            return new ToolSchema(errors[0].ToString());
        }

        return new ToolSchema(new SchemaCheck(schema, names));
    }
}
