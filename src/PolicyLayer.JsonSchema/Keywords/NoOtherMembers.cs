using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>additionalProperties: false</c>: as <see cref="FalseSchema"/>, but says which members there may be.</summary>
internal sealed class NoOtherMembers(SchemaLocation location, string[] allowed, string[] patterns) : Keyword(location)
{
    private string? _list;

    public override bool GrowsWithInstance => false;

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        if (!run.StopsAtFirst)
        {
            string hint = run.Errors!.TryHint() ? NearestName.Hint(run.Errors.Path.LastName ?? "", allowed) : "";
            run.Errors.Add(Location, $"is not allowed here; allowed: {_list ??= List()}{hint}");
        }

        return false;
    }

    private string List()
    {
        string names = patterns.Length == 0 ? "" : $"names that match {Quoted.List(patterns)}";
        return (allowed.Length, patterns.Length) switch
        {
            (0, 0) => "nothing",
            (0, _) => names,
            (_, 0) => Quoted.List(allowed),
            _ => $"{Quoted.List(allowed)}, and {names}",
        };
    }
}
