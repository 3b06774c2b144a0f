using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>minProperties</c> and <c>maxProperties</c> (2020-12 validation, sections 6.5.1 and 6.5.2).</summary>
internal sealed class MemberCount(SchemaLocation location, long least, long most) : Assertion(location)
{
    public static IEnumerable<KeywordDefinition> Definitions =>
    [
        CountLimit.Define("minProperties", (location, count) => new MemberCount(location, count, long.MaxValue)),
        CountLimit.Define("maxProperties", (location, count) => new MemberCount(location, 0, count)),
    ];

    protected override bool Holds(scoped in Instance instance, ref EvaluationRun run)
    {
        if (instance.Kind != JsonValueKind.Object)
        {
            return true;
        }

        int count = instance.MemberCount;
        if (count < least || count > most)
        {
            return false;
        }

        // Members of the same name must not add up to a minimum that none of their readings has.
        return least <= 1 || instance.HasDistinctNames || DistinctNames.Count(instance) >= least;
    }

    protected override string Expectation(scoped in Instance instance) => "must have " + CountLimit.Describe(least, most, "member");
}
