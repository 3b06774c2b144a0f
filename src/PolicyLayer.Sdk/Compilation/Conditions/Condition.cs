using System.Text.Json;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>A question about one argument. Immutable; asking it allocates nothing.</summary>
/// <param name="path">Which argument.</param>
internal abstract class Condition(ArgumentPath path)
{
    /// <summary>What holds of an argument that is absent or null: false, but for <c>exists</c>.</summary>
    protected virtual ConditionOutcome WhenAbsent => ConditionOutcome.False;

    public ConditionOutcome Evaluate(in ToolArguments arguments) =>
        path.TryResolve(arguments, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? Judge(value) : WhenAbsent;

    /// <summary>Answers for a value that is there and not null.</summary>
    protected abstract ConditionOutcome Judge(JsonElement value);

    protected static ConditionOutcome From(bool holds) => holds ? ConditionOutcome.True : ConditionOutcome.False;
}
