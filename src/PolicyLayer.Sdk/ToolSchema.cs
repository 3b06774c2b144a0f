using System.Text.Json;
using PolicyLayer.Schemas;
using PolicyLayer.Sdk.Compilation;
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
    /// <summary>What decisions call the rule that speaks for a tool's own schema.</summary>
    internal const string RuleId = "(input schema)";

    private static readonly RuleReference Rule = new(RuleId);

    private static readonly RuleReference CannotBeEnforced = new(
        RuleId, text: "The input schema of this tool cannot be enforced here, so every call of it is refused. Do not try it again.");

    private static readonly RuleReference CannotBeJudged = new(
        RuleId, text: "The arguments could not be checked, so the call was refused. Do not try it again.");

    private readonly CompiledSchema? _schema;
    private readonly HostCheck? _host;
    private readonly NamePlace? _names;
    private int _isTold;

    private ToolSchema(JsonSchema schema, NamePlace? names)
    {
        _schema = new CompiledSchema(Rule, schema);
        _names = names;
    }

    private ToolSchema(HostCheck host) => _host = host;

    private ToolSchema(string problem) => Problem = problem;

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
        return new ToolSchema(new HostCheck(validator));
    }

    /// <summary>Whether arguments that are well formed satisfy the schema.</summary>
    internal bool IsSatisfiedBy(in ToolArguments arguments) =>
        _schema is null ? _host?.Holds(arguments) == true : (_names is null || NameCheck.Holds(_names, arguments)) && _schema.IsSatisfiedBy(arguments);

    /// <summary>The denial of arguments that do not satisfy the schema.</summary>
    internal Denial Refuse(in ToolArguments arguments) =>
        _host is not null ? (_host.Explain(arguments) is { } problem ? new Denial(Rule) { Detail = problem } : new Denial(CannotBeJudged))
        : _schema is null ? new Denial(CannotBeEnforced)
        : new Denial(Rule) { Detail = (_names is null ? null : NameCheck.FindSlip(_names, arguments)) ?? _schema.Explain(arguments) };

    /// <summary>Whether a denial is one for a tool's own schema.</summary>
    internal static bool Refused(Denial? denial) =>
        denial is not null && (ReferenceEquals(denial.Rule, Rule) || ReferenceEquals(denial.Rule, CannotBeEnforced) || ReferenceEquals(denial.Rule, CannotBeJudged));

    /// <summary>Whether a denial speaks of this schema, and nobody was told yet that it cannot be enforced.</summary>
    internal bool MustTell(Denial? denial) => Problem is not null && Refused(denial) && Interlocked.Exchange(ref _isTold, 1) == 0;

    private static ToolSchema CompilePlain(JsonElement inputSchema, bool strict)
    {
        if (!JsonSchema.TryCompile(inputSchema, InputSchemaOptions.Value, out JsonSchema? schema, out IReadOnlyList<JsonSchemaError> errors))
        {
            return new ToolSchema(errors[0].ToString());
        }

        if (!NamePlaceCompiler.TryCompile(inputSchema, out NamePlace? names, out bool takesAnyName, out string? problem))
        {
            return new ToolSchema(problem);
        }

        if (strict && StrictRoot.Of(inputSchema, names, takesAnyName) is { } strictSchema
            && !JsonSchema.TryCompile(strictSchema, InputSchemaOptions.Value, out schema, out errors))
        {
            return new ToolSchema(errors[0].ToString());
        }

        return new ToolSchema(schema, names);
    }
}
