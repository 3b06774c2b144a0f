using System.Globalization;
using System.Text;

namespace PolicyLayer.Schemas.Regexes;

/// <summary>Reads single characters, and escapes that stand for one.</summary>
internal static class Re2Escapes
{
    /// <summary>One character, or an escape for one.</summary>
    public static RegexNode Character(RegexCursor cursor, CaseFolding folding) => Single(CodePoint(cursor), folding);

    /// <summary>One character, whatever it means elsewhere.</summary>
    public static RegexNode Literal(RegexCursor cursor, CaseFolding folding) => Single(cursor.TakeCodePoint(), folding);

    /// <summary>The code point that a character or an escape stands for.</summary>
    public static int CodePoint(RegexCursor cursor) => cursor.TryTake('\\') ? Escape(cursor) : cursor.TakeCodePoint();

    private static RegexNode.Characters Single(int codePoint, CaseFolding folding) => new(CaseOrbits.Close(CodePointSet.Of(codePoint, codePoint), folding));

    private static int Escape(RegexCursor cursor)
    {
        if (cursor.AtEnd)
        {
            cursor.FailPattern("nothing to escape stands behind a `\\`");
            return 0;
        }

        char c = cursor.Current;
        char next = cursor.Next;
        cursor.Take();
        switch (c)
        {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 'f':
                return '\f';
            case 'v':
                return '\v';
            case 'a':
                return '\a';
            case 'x' when Hexadecimal(cursor) is { } codePoint:
                return codePoint;
            case '0':
            case >= '1' and <= '7' when next is >= '0' and <= '7':
                return Octal(cursor, c - '0');
            case < '\x80' when !char.IsAsciiLetterOrDigit(c):
                return c;
            default:
                cursor.Fail(Unsupported(c));
                return 0;
        }
    }

    private static string Unsupported(char c) => c switch
    {
        (>= '1' and <= '9') or 'k' or 'g' => $"`\\{c}` is a back-reference, which no linear-time engine has",
        'C' => "`\\C` is not supported in a regex here: texts are characters, not bytes",
        'Z' => "`\\Z` is not supported in a regex here; the end of the text is `\\z`",
        'x' or 'u' or 'U' => $"`\\{c}` is not supported in a regex here so; a character by its number is `\\xHH` or `\\x{{H..}}`",
        _ => $"`\\{c}` is not supported in a regex here",
    };

    /// <summary>Up to two more digits; a single digit other than zero is none of these, but a back-reference.</summary>
    private static int Octal(RegexCursor cursor, int value)
    {
        for (int i = 0; i < 2 && cursor.Current is >= '0' and <= '7'; i++)
        {
            value = (value * 8) + (cursor.Current - '0');
            cursor.Take();
        }

        return value;
    }

    /// <summary>Two digits, or some in braces.</summary>
    private static int? Hexadecimal(RegexCursor cursor)
    {
        ReadOnlySpan<char> rest = cursor.Rest;
        bool braces = rest is ['{', ..];
        int length = braces ? rest.IndexOf('}') - 1 : 2;
        int start = braces ? 1 : 0;
        if (length < 1 || start + length > rest.Length
            || !int.TryParse(rest.Slice(start, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int codePoint)
            || !Rune.IsValid(codePoint))
        {
            return null;
        }

        cursor.Position += length + (braces ? 2 : 0);
        return codePoint;
    }
}
