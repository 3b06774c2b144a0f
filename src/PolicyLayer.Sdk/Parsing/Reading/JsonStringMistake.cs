namespace PolicyLayer.Sdk.Parsing.Reading;

/// <summary>Says what is wrong within a string of JSON.</summary>
internal static class JsonStringMistake
{
    /// <param name="text">From the quote on.</param>
    /// <param name="at">Where reading stopped in it; its length at its end.</param>
    /// <returns>Null when the string is complete before that.</returns>
    public static string? Describe(ReadOnlySpan<byte> text, int at)
    {
        for (int i = 1; i < at; i++)
        {
            if (text[i] == '"')
            {
                return null;
            }

            i += text[i] == '\\' ? 1 : 0;
        }

        return at >= text.Length ? "a text is not closed: its last `\"` is missing"
            : text[at] is (byte)'\n' or (byte)'\r' ? "a text goes over the end of a line; write the line's end as `\\n`, and close each text with `\"`"
            : text[at] == '\t' ? "a tab within a text is written `\\t`"
            : text[at] < ' ' ? $"within a text the control character {JsonMistake.Shown(text[at..])} is written as an escape such as `\\u0000`"
            : text[at - 1] == '\\' ? $"`\\{JsonMistake.Shown(text[at..])}` is no escape; a back-slash itself is written `\\\\`"
            : $"`\\u` needs four digits from 0 to f, and `{JsonMistake.Shown(text[at..])}` is none";
    }
}
