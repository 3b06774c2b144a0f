using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>minLength</c> and <c>maxLength</c>, in Unicode code points (2020-12 validation, sections 6.3.1 and 6.3.2).</summary>
internal sealed class TextLength(SchemaLocation location, long least, long most) : Assertion(location)
{
    public static IEnumerable<KeywordDefinition> Definitions =>
    [
        CountLimit.Define("minLength", (location, count) => new TextLength(location, count, long.MaxValue)),
        CountLimit.Define("maxLength", (location, count) => new TextLength(location, 0, count)),
    ];

    protected override bool Holds(scoped in Instance instance, ref EvaluationRun run)
    {
        if (instance.Kind != JsonValueKind.String)
        {
            return true;
        }

        JsonText text = instance.Text;
        if (least == 0 && text.MaxCodePoints <= most)
        {
            return true;
        }

        long count = text.CountCodePoints();
        return count >= least && count <= most;
    }

    protected override string Expectation(scoped in Instance instance) =>
        "must have " + CountLimit.Describe(least, most, "character");
}
