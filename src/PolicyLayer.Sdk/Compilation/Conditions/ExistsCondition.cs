using System.Text.Json;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary><c>exists</c>: present and not null.</summary>
internal sealed class ExistsCondition(ArgumentPath path, bool wanted) : Condition(path)
{
    protected override ConditionOutcome WhenAbsent => From(!wanted);

    protected override ConditionOutcome Judge(JsonElement value) => From(wanted);
}
