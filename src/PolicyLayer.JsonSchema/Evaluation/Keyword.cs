using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Evaluation;

/// <summary>A compiled keyword, or a few that are judged together. Immutable.</summary>
/// <param name="location">Where it stands in the schema.</param>
internal abstract class Keyword(SchemaLocation location)
{
    public SchemaLocation Location { get; } = location;

    /// <summary>What it costs apart from the instance, where that is more than a moment; see <see cref="JsonSchemaOptions.MaxSteps"/>.</summary>
    public virtual int Steps => 0;

    /// <summary>Whether it looks at all of a value: at every member, item or character.</summary>
    public virtual bool GrowsWithInstance => true;

    /// <summary>Whether it asks which children the other keywords have evaluated.</summary>
    public virtual bool AsksForMarks => false;

    /// <summary>Kinds of values that it holds for whatever they are, a bit for each.</summary>
    public virtual uint AssuredKinds => 0;

    /// <summary>The schemas that it applies to the same value, not to one in it.</summary>
    public virtual IEnumerable<SchemaNode> InPlace => [];

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
            string expectation = obstacle ?? Expectation(instance);
            run.Errors!.Add(Location, run.Errors.QuotesValues && instance.Show() is { } value ? $"{expectation}; it is {value}" : expectation);
        }

        return holds;
    }

    protected abstract bool Holds(scoped in Instance instance, ref EvaluationRun run);

    /// <summary>What is expected, a verb first: <c>must be …</c>. Never quotes the instance.</summary>
    protected abstract string Expectation(scoped in Instance instance);
}
