namespace PolicyLayer.Sdk.Arguments;

/// <summary>Whether a text whose members have been found is an object by the grammar of RFC 8259. For texts that no parser has seen.</summary>
internal static class FlatGrammar
{
    /// <summary>Whether the text is an object without a back-slash, whose members are those found and whose values are neither objects nor lists.</summary>
    /// <param name="utf8">The text. No control character stands within its strings.</param>
    /// <param name="index">The members: of each a name without quotes in it, and a colon.</param>
    /// <param name="quotes">How many quotes the text has.</param>
    public static bool Holds(ReadOnlySpan<byte> utf8, in MemberIndex index, int quotes)
    {
        ReadOnlySpan<IndexedMember> members = index.Members;
        int firstName = members.IsEmpty ? utf8.Length - 1 : members[0].NameStart - 1;
        if (utf8.Length < 2 || utf8[0] != '{' || utf8[^1] != '}' || !IsBlank(utf8[1..firstName]))
        {
            return false;
        }

        // Every quote is one of a name's two or of a string's; so none stands within a string, or between values.
        quotes -= 2 * members.Length;
        for (int i = 0; i < members.Length; i++)
        {
            ref readonly IndexedMember member = ref members[i];
            if (!IsBlank(utf8[(member.NameEnd + 1)..member.Colon])
                || !IsMemberEnd(index.AfterColon(utf8, i), isLast: i == members.Length - 1, ref quotes))
            {
                return false;
            }
        }

        return quotes == 0;
    }

    /// <summary>Whether what stands behind a colon is one value and, where another member follows, a comma.</summary>
    private static bool IsMemberEnd(ReadOnlySpan<byte> text, bool isLast, ref int quotes)
    {
        text = TrimEnd(text);
        if (!isLast)
        {
            if (text.IsEmpty || text[^1] != ',')
            {
                return false;
            }

            text = TrimEnd(text[..^1]);
        }

        while (!text.IsEmpty && IsBlank(text[0]))
        {
            text = text[1..];
        }

        if (text.IsEmpty || text[0] != '"')
        {
            return !text.IsEmpty && IsLiteral(text);
        }

        quotes -= 2;
        return text.Length > 1 && text[^1] == '"';
    }

    private static bool IsLiteral(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'t' => text.SequenceEqual("true"u8),
        (byte)'f' => text.SequenceEqual("false"u8),
        (byte)'n' => text.SequenceEqual("null"u8),
        _ => IsNumber(text),
    };

    /// <summary>RFC 8259, section 6.</summary>
    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        text = text[0] == '-' ? text[1..] : text;
        int whole = CountDigits(text);
        if (whole == 0 || (whole > 1 && text[0] == '0'))
        {
            return false;
        }

        text = text[whole..];
        if (!text.IsEmpty && text[0] == '.')
        {
            int fraction = CountDigits(text[1..]);
            if (fraction == 0)
            {
                return false;
            }

            text = text[(1 + fraction)..];
        }

        return text.IsEmpty || (text[0] is (byte)'e' or (byte)'E' && IsExponent(text[1..]));
    }

    private static bool IsExponent(ReadOnlySpan<byte> text)
    {
        text = !text.IsEmpty && text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
        return !text.IsEmpty && CountDigits(text) == text.Length;
    }

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        int count = 0;
        while (count < text.Length && text[count] is >= (byte)'0' and <= (byte)'9')
        {
            count++;
        }

        return count;
    }

    private static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && IsBlank(text[^1]))
        {
            text = text[..^1];
        }

        return text;
    }

    private static bool IsBlank(ReadOnlySpan<byte> text)
    {
        foreach (byte one in text)
        {
            if (!IsBlank(one))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBlank(byte one) => one is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
