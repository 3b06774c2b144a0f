using System.Globalization;

namespace PolicyLayer.Schemas.Regexes;

/// <summary>Reads how often something is repeated.</summary>
internal static class RegexCounts
{
    /// <summary>The most that something may be repeated by a count.</summary>
    public const int Max = 1000;

    /// <summary>Reads <c>*</c>, <c>+</c>, <c>?</c> or <c>{n,m}</c>, or nothing. Braces that hold no counts are characters.</summary>
    public static bool TryRead(RegexCursor cursor, out int least, out int? most)
    {
        (least, most) = (0, null);
        switch (cursor.Current)
        {
            case '*':
                break;
            case '+':
                least = 1;
                break;
            case '?':
                most = 1;
                break;
            case '{':
                return TryBraces(cursor, out least, out most);
            default:
                return false;
        }

        cursor.Take();
        return true;
    }

    private static bool TryBraces(RegexCursor cursor, out int least, out int? most)
    {
        (least, most) = (0, null);
        ReadOnlySpan<char> counts = cursor.Rest[1..];
        int end = counts.IndexOf('}');
        if (end < 0)
        {
            return false;
        }

        counts = counts[..end];
        int comma = counts.IndexOf(',');
        if (!TryCount(comma < 0 ? counts : counts[..comma], out least))
        {
            return false;
        }

        most = comma < 0 ? least : null;
        if (comma >= 0 && comma < counts.Length - 1)
        {
            if (!TryCount(counts[(comma + 1)..], out int upper))
            {
                return false;
            }

            most = upper;
        }

        cursor.Position += end + 2;
        return true;
    }

    /// <summary>A count; one with too many digits is read as far too large.</summary>
    private static bool TryCount(ReadOnlySpan<char> digits, out int count)
    {
        count = 0;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        count = digits.Length > 6 ? int.MaxValue : int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return true;
    }
}
