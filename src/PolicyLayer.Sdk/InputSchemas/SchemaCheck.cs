using PolicyLayer.Schemas;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Decisions;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>Holds arguments to a tool's schema, and their names to the spelling of those that it declares.</summary>
/// <param name="schema">The schema.</param>
/// <param name="names">The declared names; null where there are none.</param>
internal sealed class SchemaCheck(JsonSchema schema, NamePlace? names) : IArgumentCheck
{
    private readonly CompiledSchema _schema = new(InputSchemaRule.Violated, schema);

    /// <summary>The names that are looked at; a schema that refuses whatever it does not declare finds slips itself, unless they are deeper.</summary>
    private readonly NamePlace? _checked = names is { IsFlat: true } && schema.IsClosed ? null : names;

    public bool Holds(in ToolArguments arguments) => (_checked is null || NameCheck.Holds(_checked, arguments)) && _schema.IsSatisfiedBy(arguments);

    public Denial Refuse(in ToolArguments arguments) =>
        new(InputSchemaRule.Violated) { Detail = (names is null ? null : NameCheck.FindSlip(names, arguments)) ?? _schema.Explain(arguments) };
}
