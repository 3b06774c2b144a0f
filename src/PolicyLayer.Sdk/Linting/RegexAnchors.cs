using PolicyLayer.Schemas.Regexes;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Whether a regular expression can only match the whole text, or what it leaves open.</summary>
internal static class RegexAnchors
{
    /// <summary>What a pattern leaves open, and what to do; null when it is found nowhere but from the beginning of a text to its end. Its program tells, whatever brackets, quotes and alternatives the pattern has.</summary>
    public static string? Problem(string pattern)
    {
        bool isCompiled = LinearRegex.TryCompile(pattern, CaseFolding.None, out RegexProgram? program, out _);
        return (isCompiled && program!.IsAnchored, isCompiled && program!.IsAnchoredAtEnd()) switch
        {
            (true, true) => null,
            (true, false) => "says nothing of what follows; write `$` at its end, or `starts_with` where that is meant",
            (false, true) => "says nothing of what stands before; write `^` at its beginning, or `ends_with` where that is meant",
            _ => "may match anywhere in the text; write `^` and `$` around it, in brackets where it has alternatives",
        };
    }
}
