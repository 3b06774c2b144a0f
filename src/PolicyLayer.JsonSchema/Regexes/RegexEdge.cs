namespace PolicyLayer.Schemas.Regexes;

/// <summary>What stands beside a place in a text, as far as assertions ask.</summary>
internal enum RegexEdge
{
    Other = 0,
    Word,
    LineFeed,

    /// <summary>Nothing: the text begins or ends there.</summary>
    Outside,
}
