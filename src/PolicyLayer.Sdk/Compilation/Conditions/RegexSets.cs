namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>Named sets of characters, ASCII alone as in RE2, in the syntax of .NET.</summary>
internal static class RegexSets
{
    /// <summary>What <c>\d</c> and its like stand for, or null when the letter names no set.</summary>
    public static string? Perl(char letter, bool inClass)
    {
        string? members = letter switch
        {
            'd' => "0-9",
            'w' => "0-9A-Za-z_",
            's' => @"\t\n\f\r ",
            'D' => @"\x00-/:-\uFFFF",
            'W' => @"\x00-/:-@\[-\^`{-\uFFFF",
            'S' => @"\x00-\x08\x0B\x0E-\x1F!-\uFFFF",
            _ => null,
        };
        return members is null || inClass ? members : $"[{members}]";
    }

    /// <summary>What <c>[:name:]</c> stands for inside a class, or null when there is no such name.</summary>
    public static string? Posix(string name) => name switch
    {
        "alnum" => "0-9A-Za-z",
        "alpha" => "A-Za-z",
        "digit" => "0-9",
        "lower" => "a-z",
        "upper" => "A-Z",
        "space" => @"\t\n\v\f\r ",
        "word" => "0-9A-Za-z_",
        "xdigit" => "0-9A-Fa-f",
        _ => null,
    };
}
