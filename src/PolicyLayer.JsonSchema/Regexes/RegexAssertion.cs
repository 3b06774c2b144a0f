namespace PolicyLayer.Schemas.Regexes;

/// <summary>What a pattern can say about a place between two characters.</summary>
internal enum RegexAssertion
{
    /// <summary>The text begins here.</summary>
    TextStart = 0,

    /// <summary>The text begins here, or a line feed stands before.</summary>
    LineStart,

    /// <summary>The text ends here; a last line feed is a part of the text.</summary>
    TextEnd,

    /// <summary>The text ends here, or a line feed follows.</summary>
    LineEnd,

    /// <summary>On one side, and one only, stands a word character of ASCII.</summary>
    WordBoundary,

    /// <summary>On both sides stand word characters of ASCII, or on none.</summary>
    NoWordBoundary,
}
