namespace PolicyLayer.Schemas.Regexes;

/// <summary>Named sets of characters as ECMA-262 defines them (section 22.2.2.9).</summary>
internal static class EcmaSets
{
    private static readonly CodePointSet Digit = AsciiSets.Posix("digit")!;
    private static readonly CodePointSet Word = AsciiSets.Posix("word")!;

    /// <summary>White space and line terminators: ASCII's, the byte order mark, and what Unicode calls a space.</summary>
    private static readonly CodePointSet Space = CodePointSet.Of(
        '\t', '\r', ' ', ' ', '\u00A0', '\u00A0', '\u1680', '\u1680', '\u2000', '\u200A', '\u2028', '\u2029', '\u202F', '\u202F', '\u205F', '\u205F',
        '\u3000', '\u3000', '\uFEFF', '\uFEFF');

    private static readonly CodePointSet NoDigit = Digit.Complement();
    private static readonly CodePointSet NoWord = Word.Complement();
    private static readonly CodePointSet NoSpace = Space.Complement();

    /// <summary>What <c>.</c> stands for: all but the line terminators.</summary>
    public static CodePointSet Dot { get; } = CodePointSet.Of('\n', '\n', '\r', '\r', '\u2028', '\u2029').Complement();

    /// <summary>What <c>\d</c> and its like stand for, or null when the letter names no set.</summary>
    public static CodePointSet? Find(char letter) => letter switch
    {
        'd' => Digit,
        'D' => NoDigit,
        'w' => Word,
        'W' => NoWord,
        's' => Space,
        'S' => NoSpace,
        _ => null,
    };
}
