namespace PolicyLayer.Schemas.Regexes;

/// <summary>The flags that change whether a text matches. They hold to the end of the group they stand in.</summary>
internal readonly record struct Re2Flags(CaseFolding Folding, bool DotMatchesLineFeed, bool Lines)
{
    /// <summary>Reads letters such as <c>im-s</c>; null when they are no flags of RE2. Whether repetitions are lazy (<c>U</c>) makes no difference here.</summary>
    public Re2Flags? With(ReadOnlySpan<char> letters)
    {
        Re2Flags flags = this;
        bool on = true;
        bool any = false;
        foreach (char letter in letters)
        {
            if (letter == '-' && on)
            {
                (on, any) = (false, false);
                continue;
            }

            switch (letter)
            {
                case 'i':
                    flags = flags with { Folding = on ? CaseFolding.Re2 : CaseFolding.None };
                    break;
                case 's':
                    flags = flags with { DotMatchesLineFeed = on };
                    break;
                case 'm':
                    flags = flags with { Lines = on };
                    break;
                case 'U':
                    break;
                default:
                    return null;
            }

            any = true;
        }

        return any ? flags : null;
    }
}
