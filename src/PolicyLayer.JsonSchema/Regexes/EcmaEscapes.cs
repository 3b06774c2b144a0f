using System.Globalization;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Regexes;

/// <summary>Reads single characters of ECMA-262, and escapes that stand for one.</summary>
internal static class EcmaEscapes
{
    /// <summary>The code point that a character or an escape stands for.</summary>
    public static int CodePoint(RegexCursor cursor, bool inClass) => cursor.TryTake('\\') ? Escape(cursor, inClass) : cursor.TakeCodePoint();

    private static int Escape(RegexCursor cursor, bool inClass)
    {
        if (cursor.AtEnd)
        {
            cursor.Fail("nothing to escape stands behind a `\\`");
            return 0;
        }

        int c = cursor.TakeCodePoint();
        switch (c)
        {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'v':
                return '\v';
            case 'f':
                return '\f';
            case 'r':
                return '\r';
            case 'b' when inClass:
                return '\b';
            case '0' when !char.IsAsciiDigit(cursor.Current):
                return '\0';
            case 'c' when char.IsAsciiLetter(cursor.Current):
                int control = cursor.Current % 32;
                cursor.Take();
                return control;
            case 'x' when TryHexadecimal(cursor, 0, 2, out int byNumber):
                cursor.Position += 2;
                return byNumber;
            case 'u' when TryUnicode(cursor) is { } codePoint:
                return codePoint;
            case >= ' ' and < 0x7F when !char.IsAsciiLetterOrDigit((char)c):
                return c;
            default:
                cursor.Fail($"{Quoted.InBackticks($"\\{char.ConvertFromUtf32(c)}")} {Fault(c, inClass)}");
                return 0;
        }
    }

    private static string Fault(int c, bool inClass) => c switch
    {
        'A' => "is not an escape of ECMA-262; the beginning of the text is `^`",
        'Z' or 'z' => "is not an escape of ECMA-262; the end of the text is `$`",
        'c' => "must be followed by a letter, as in `\\cJ`",
        'x' => "must be followed by two hexadecimal digits, as in `\\x41`",
        'u' => "must be followed by four hexadecimal digits, or by up to six in braces, as in `\\u{1F600}`",
        'p' or 'P' => "must be followed by a name in braces, as in `\\p{L}`",
        'k' => "must be followed by the name of a group, as in `\\k<name>`",
        '0' => "must not be followed by a digit; a character by its number is `\\x41` or `\\u0041`",
        >= '1' and <= '9' when inClass => "is not a character; one by its number is `\\x41` or `\\u0041`",
        'b' or 'B' => "is not a character",
        _ => "is not an escape of ECMA-262",
    };

    /// <summary>Four digits, twice for a surrogate pair, or some in braces.</summary>
    private static int? TryUnicode(RegexCursor cursor)
    {
        if (cursor.Current == '{')
        {
            int length = cursor.Rest.IndexOf('}') - 1;
            if (length < 1 || !TryHexadecimal(cursor, 1, length, out int number) || number >= CodePointSet.End)
            {
                return null;
            }

            cursor.Position += length + 2;
            return number;
        }

        if (!TryHexadecimal(cursor, 0, 4, out int unit))
        {
            return null;
        }

        cursor.Position += 4;
        if (!char.IsHighSurrogate((char)unit) || cursor is not { Current: '\\', Next: 'u' } || !TryHexadecimal(cursor, 2, 4, out int second) || !char.IsLowSurrogate((char)second))
        {
            return unit;
        }

        cursor.Position += 6;
        return char.ConvertToUtf32((char)unit, (char)second);
    }

    private static bool TryHexadecimal(RegexCursor cursor, int start, int length, out int number)
    {
        number = 0;
        ReadOnlySpan<char> rest = cursor.Rest;
        return start + length <= rest.Length
            && !rest.Slice(start, length).ContainsAnyExcept(Hexadecimal)
            && int.TryParse(rest.Slice(start, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number) && number >= 0;
    }

    private static readonly System.Buffers.SearchValues<char> Hexadecimal = System.Buffers.SearchValues.Create("0123456789ABCDEFabcdef");
}
