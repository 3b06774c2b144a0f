namespace PolicyLayer.Sdk.Parsing;

/// <summary>Text that is no Unicode text: half of a surrogate pair without its other half.</summary>
internal static class Surrogates
{
    /// <summary>Where the first lone half stands, or -1.</summary>
    public static int FirstLone(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
            {
                return i;
            }

            i++;
        }

        return -1;
    }
}
