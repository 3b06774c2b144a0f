using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Linting.Demands;

/// <summary>That a value is a number, and not above a bound where there is one.</summary>
internal sealed class AtMost : Demand
{
    /// <param name="most">The bound, or null.</param>
    public AtMost(string? most)
    {
        Types = ValueTypes.Number;
        Most = most is null ? null : new Bound(most, true);
    }

    public override JsonElement[]? Values => null;

    public override ConditionOutcome Judge(in PathValue value) =>
        Kleene.From(value.Kind == JsonValueKind.Number && (Most is not { } most || most.IsKeptBy(value.Utf8)));
}
