using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Evaluation;

/// <summary>A compiled schema: the keywords that must all hold.</summary>
/// <remarks>Validation recurses from here; how deep is bounded by the depth of the schema.</remarks>
internal sealed class SchemaNode(params Keyword[] keywords)
{
    private readonly Keyword[] _keywords = keywords;

    /// <summary>Whether nothing can fail.</summary>
    public bool IsTrue => _keywords.Length == 0;

    public bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        bool isValid = true;
        foreach (Keyword keyword in _keywords)
        {
            if (!keyword.Evaluate(instance, ref run))
            {
                if (run.StopsAtFirst)
                {
                    return false;
                }

                isValid = false;
            }
        }

        return isValid;
    }
}
