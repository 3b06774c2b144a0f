namespace PolicyLayer.Sdk.Compilation;

/// <summary>An exact tool name or a glob: <c>*</c> any run of characters, <c>?</c> one (policy format, section 2). Ordinal, case-sensitive.</summary>
internal sealed class ToolPattern(string text)
{
    public string Text { get; } = text;

    public bool IsExact { get; } = !text.AsSpan().ContainsAny('*', '?');

    /// <summary>Whether the pattern matches the whole name. At most the product of both lengths in steps; no recursion.</summary>
    public bool Matches(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> pattern = Text;
        int p = 0;
        int n = 0;
        int starInPattern = -1;
        int starInName = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                starInPattern = p++;
                starInName = n;
            }
            else if (p < pattern.Length && pattern[p] == '?')
            {
                p++;
                n += CharacterLength(name, n);
            }
            else if (p < pattern.Length && pattern[p] == name[n])
            {
                p++;
                n++;
            }
            else if (starInPattern >= 0)
            {
                p = starInPattern + 1;
                starInName += CharacterLength(name, starInName);
                n = starInName;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    /// <summary>A surrogate pair is one character.</summary>
    private static int CharacterLength(ReadOnlySpan<char> text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;
}
