using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Evaluation;

/// <summary>A compiled keyword, or a few that are judged together. Immutable.</summary>
/// <param name="location">Where it stands in the schema.</param>
internal abstract class Keyword(SchemaLocation location)
{
    public SchemaLocation Location { get; } = location;

    /// <summary>Judges an instance. A failure has been reported to <paramref name="run"/> when this returns false.</summary>
    public abstract bool Evaluate(scoped in Instance instance, ref EvaluationRun run);
}

/// <summary>A keyword that looks at one value and says yes or no.</summary>
internal abstract class Assertion(SchemaLocation location) : Keyword(location)
{
    public sealed override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        bool holds = Holds(instance, ref run);
        string? obstacle = run.Obstacle;
        if (obstacle is not null)
        {
            run.Obstacle = null;
            run.Errors?.NoteUndecidable(Location, obstacle);
        }

        if (!holds && !run.StopsAtFirst)
        {
            run.Errors!.Add(Location, obstacle ?? Expectation(instance));
        }

        return holds;
    }

    protected abstract bool Holds(scoped in Instance instance, ref EvaluationRun run);

    /// <summary>What is expected, a verb first: <c>must be …</c>. Never quotes the instance.</summary>
    protected abstract string Expectation(scoped in Instance instance);
}
