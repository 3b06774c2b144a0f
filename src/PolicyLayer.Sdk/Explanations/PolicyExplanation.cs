namespace PolicyLayer.Sdk;

/// <summary>Why a call was decided as it was: every check in order.</summary>
public sealed class PolicyExplanation
{
    internal PolicyExplanation(IReadOnlyList<ExplainedCheck> checks) => Checks = checks;

    /// <summary>The checks; those behind the one that refused were not reached.</summary>
    public IReadOnlyList<ExplainedCheck> Checks { get; }
}
