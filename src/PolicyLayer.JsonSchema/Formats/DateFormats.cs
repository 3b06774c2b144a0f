namespace PolicyLayer.Schemas.Formats;

/// <summary><c>date-time</c>, <c>date</c> and <c>time</c> (RFC 3339, section 5.6). Only ASCII digits are digits; a time has its offset from UTC.</summary>
internal static class DateFormats
{
    public static bool IsDateTime(ReadOnlySpan<char> text) => text.Length > 11 && IsDate(text[..10]) && text[10] is 'T' or 't' && IsTime(text[11..]);

    public static bool IsDate(ReadOnlySpan<char> text) =>
        text is [_, _, _, _, '-', _, _, '-', _, _]
        && TryNumber(text[..4], out int year) && TryNumber(text[5..7], out int month) && TryNumber(text[8..], out int day)
        && month is >= 1 and <= 12 && day >= 1 && day <= DaysIn(year, month);

    public static bool IsTime(ReadOnlySpan<char> text)
    {
        if (text is not [_, _, ':', _, _, ':', _, _, ..]
            || !TryNumber(text[..2], out int hour) || !TryNumber(text[3..5], out int minute) || !TryNumber(text[6..8], out int second)
            || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        text = text[8..];
        if (text is ['.', ..])
        {
            int digits = Digits.CountAtStart(text[1..]);
            if (digits == 0)
            {
                return false;
            }

            text = text[(digits + 1)..];
        }

        return TryOffset(text, out int offset) && (second < 60 || IsLastMinute((hour * 60) + minute - offset));
    }

    /// <summary>Whether a minute of the day, in UTC, is the last: leap seconds are put nowhere else.</summary>
    private static bool IsLastMinute(int minute) => (minute + MinutesInDay) % MinutesInDay == MinutesInDay - 1;

    private const int MinutesInDay = 24 * 60;

    private static bool TryOffset(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text is ['Z' or 'z'])
        {
            return true;
        }

        if (text is not ['+' or '-', _, _, ':', _, _] || !TryNumber(text[1..3], out int hour) || !TryNumber(text[4..], out int minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        minutes = ((hour * 60) + minute) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static int DaysIn(int year, int month) => month switch
    {
        2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (char digit in digits)
        {
            number = (number * 10) + (digit - '0');
        }

        return Digits.AreAll(digits);
    }
}
