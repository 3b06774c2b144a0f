namespace PolicyLayer.Sdk.Linting;

/// <summary>Whether a regular expression can only match the whole text.</summary>
internal static class RegexAnchors
{
    /// <summary>Whether it begins and ends with an anchor, which belongs to all of it.</summary>
    public static bool IsAnchored(string pattern)
    {
        string rest = pattern.StartsWith("(?", StringComparison.Ordinal) && pattern.IndexOf(')', StringComparison.Ordinal) is var end and > 0 && pattern[2..end].All(static c => c is 'i' or 's') ? pattern[(end + 1)..] : pattern;
        bool starts = rest.StartsWith('^') || rest.StartsWith(@"\A", StringComparison.Ordinal);
        bool ends = (rest.EndsWith('$') && !rest.EndsWith(@"\$", StringComparison.Ordinal)) || rest.EndsWith(@"\z", StringComparison.Ordinal);
        return starts && ends && !HasOuterAlternative(rest);
    }

    /// <summary>Whether a <c>|</c> stands outside all brackets: there the anchors belong to one side only.</summary>
    private static bool HasOuterAlternative(string pattern)
    {
        int depth = 0;
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '(' when !inClass:
                    depth++;
                    break;
                case ')' when !inClass:
                    depth--;
                    break;
                case '|' when !inClass && depth == 0:
                    return true;
                default:
                    break;
            }
        }

        return false;
    }
}
