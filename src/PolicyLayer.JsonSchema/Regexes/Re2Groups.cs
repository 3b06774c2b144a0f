namespace PolicyLayer.Schemas.Regexes;

/// <summary>Reads what stands behind <c>(?</c>, and says by name what RE2 leaves out.</summary>
internal sealed class Re2Groups(RegexCursor cursor)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Whether a group begins; if not, flags were changed for the rest of the group around, or something is wrong.</summary>
    public bool TryReadHead(ref Re2Flags flags)
    {
        if (Unsupported() is { } part)
        {
            cursor.Fail($"`(?{Shown(cursor.Current is '<' or 'P' ? 2 : 1)}` is not supported: {part}");
            return false;
        }

        if (cursor.TryTake("P<") || cursor.TryTake('<'))
        {
            return Name();
        }

        int length = cursor.Rest.IndexOfAny(':', ')');
        if (length == 0 && cursor.TryTake(':'))
        {
            return true;
        }

        if (length < 0 || flags.With(cursor.Rest[..length]) is not { } changed)
        {
            cursor.Fail($"`(?{Shown(length < 0 ? 8 : length + 1)}` is not supported: flags are `i`, `m`, `s` and `U`, at least one and none after a second `-`");
            return false;
        }

        flags = changed;
        cursor.Position += length + 1;
        return cursor.Pattern[cursor.Position - 1] == ':';
    }

    private string? Unsupported() => cursor.Current switch
    {
        '=' or '!' => "there is no look-around",
        '<' when cursor.Next is '=' or '!' => "there is no look-around",
        '>' => "there are no atomic groups",
        '(' => "there are no conditions",
        '#' => "there are no comments",
        '|' => "there are no branch resets",
        '\'' => "a name is written `(?<name>`",
        '&' or 'R' or (>= '0' and <= '9') or '+' => "there is no recursion",
        'P' when cursor.Next == '=' => "there are no back-references",
        'P' when cursor.Next == '>' => "there is no recursion",
        _ => null,
    };

    private bool Name()
    {
        int length = cursor.Rest.IndexOf('>');
        ReadOnlySpan<char> name = length < 0 ? cursor.Rest : cursor.Rest[..length];
        if (length <= 0 || name.ContainsAnyExcept(WordCharacters))
        {
            cursor.Fail($"`{name}` is not supported as the name of a group; it has ASCII letters, digits and `_`, and ends with `>`");
            return false;
        }

        if (!_names.Add(name.ToString()))
        {
            cursor.Fail($"`{name}` is not supported as the name of two groups");
            return false;
        }

        cursor.Position += length + 1;
        return true;
    }

    private static readonly System.Buffers.SearchValues<char> WordCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private string Shown(int length) => cursor.Rest[..Math.Min(length, cursor.Rest.Length)].ToString();
}
