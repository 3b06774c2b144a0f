using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary><c>exists</c>: present and not null.</summary>
internal sealed class ExistsTest(bool wanted) : ValueTest
{
    public override ConditionOutcome Judge(in PathValue value, in CallView call) => Kleene.From(value.IsAbsent != wanted);

    public override string ToString() => wanted ? "exists true" : "exists false";
}
