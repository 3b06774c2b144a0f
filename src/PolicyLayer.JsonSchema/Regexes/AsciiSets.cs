namespace PolicyLayer.Schemas.Regexes;

/// <summary>Named sets of characters, ASCII alone as in RE2.</summary>
internal static class AsciiSets
{
    /// <summary>What <c>\d</c> and its like stand for, or null when the letter names no set.</summary>
    public static CodePointSet? Perl(char letter) => letter switch
    {
        'd' => Posix("digit"),
        'w' => Posix("word"),
        's' => CodePointSet.Of('\t', '\n', '\f', '\r', ' ', ' '),
        _ => null,
    };

    /// <summary>What <c>[:name:]</c> stands for inside a class, or null when there is no such name.</summary>
    public static CodePointSet? Posix(string name) => name switch
    {
        "alnum" => CodePointSet.Of('0', '9', 'A', 'Z', 'a', 'z'),
        "alpha" => CodePointSet.Of('A', 'Z', 'a', 'z'),
        "ascii" => CodePointSet.Of('\0', '\x7F'),
        "blank" => CodePointSet.Of('\t', '\t', ' ', ' '),
        "cntrl" => CodePointSet.Of('\0', '\x1F', '\x7F', '\x7F'),
        "digit" => CodePointSet.Of('0', '9'),
        "graph" => CodePointSet.Of('!', '~'),
        "lower" => CodePointSet.Of('a', 'z'),
        "print" => CodePointSet.Of(' ', '~'),
        "punct" => CodePointSet.Of('!', '/', ':', '@', '[', '`', '{', '~'),
        "space" => CodePointSet.Of('\t', '\r', ' ', ' '),
        "upper" => CodePointSet.Of('A', 'Z'),
        "word" => CodePointSet.Of('0', '9', 'A', 'Z', 'a', 'z', '_', '_'),
        "xdigit" => CodePointSet.Of('0', '9', 'A', 'F', 'a', 'f'),
        _ => null,
    };
}
