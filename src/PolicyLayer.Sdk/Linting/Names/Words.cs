namespace PolicyLayer.Sdk.Linting.Names;

/// <summary>Words in names: runs of letters, of which a capital after a small letter begins a new one.</summary>
internal static class Words
{
    /// <summary>The word around a letter; empty around anything else.</summary>
    public static Range At(string name, int index)
    {
        if (index >= name.Length || !char.IsLetter(name[index]))
        {
            return index..index;
        }

        int start = index;
        while (start > 0 && !IsStart(name, start))
        {
            start--;
        }

        int end = index + 1;
        while (end < name.Length && char.IsLetter(name[end]) && !IsStart(name, end))
        {
            end++;
        }

        return start..end;
    }

    /// <summary>All words, in small letters.</summary>
    public static IEnumerable<string> Of(string name)
    {
        for (int i = 0; i < name.Length;)
        {
            (int start, int length) = At(name, i).GetOffsetAndLength(name.Length);
            if (length > 0)
            {
                yield return name.Substring(start, length).ToLowerInvariant();
            }

            i += Math.Max(1, length);
        }
    }

    private static bool IsStart(string name, int index) =>
        char.IsLetter(name[index]) && (index == 0 || !char.IsLetter(name[index - 1]) || (char.IsUpper(name[index]) && char.IsLower(name[index - 1])));
}
