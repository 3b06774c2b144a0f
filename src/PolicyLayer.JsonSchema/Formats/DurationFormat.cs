namespace PolicyLayer.Schemas.Formats;

/// <summary><c>duration</c> (RFC 3339, appendix A): a part leaves out none between its first and its last, and weeks stand alone. Letters are upper case, as in ISO 8601.</summary>
internal static class DurationFormat
{
    public static bool IsDuration(ReadOnlySpan<char> text)
    {
        if (text is not ['P', .. ReadOnlySpan<char> rest])
        {
            return false;
        }

        bool any = TryUnits(ref rest, "W");
        if (any)
        {
            return rest.IsEmpty;
        }

        any = TryUnits(ref rest, "YMD");
        if (rest is ['T', ..])
        {
            rest = rest[1..];
            any = TryUnits(ref rest, "HMS");
        }

        return any && rest.IsEmpty;
    }

    /// <summary>Reads amounts of units that follow each other; answers whether there was one.</summary>
    private static bool TryUnits(ref ReadOnlySpan<char> text, ReadOnlySpan<char> units)
    {
        int next = -1;
        while (true)
        {
            int digits = Digits.CountAtStart(text);
            int unit = digits == 0 || digits == text.Length ? -1 : units.IndexOf(text[digits]);
            if (unit < 0 || (next >= 0 && unit != next))
            {
                return next >= 0;
            }

            text = text[(digits + 1)..];
            next = unit + 1;
        }
    }
}
