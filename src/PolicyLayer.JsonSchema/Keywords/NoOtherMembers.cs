using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>additionalProperties: false</c>: as <see cref="FalseSchema"/>, but says which members there may be.</summary>
internal sealed class NoOtherMembers(SchemaLocation location, string[] allowed) : Keyword(location)
{
    public override bool GrowsWithInstance => false;

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        if (!run.StopsAtFirst)
        {
            string name = run.Errors!.Path.LastName ?? "";
            string list = allowed.Length == 0 ? "nothing" : Quoted.List(allowed);
            run.Errors.Add(Location, $"is not allowed here; allowed: {list}{NearestName.Hint(name, allowed)}");
        }

        return false;
    }
}
