namespace PolicyLayer.Schemas.Regexes;

/// <summary>What a search found.</summary>
internal enum RegexOutcome
{
    /// <summary>The search would take more steps than a search may.</summary>
    Undecided = 0,
    NoMatch,
    Match,
}
