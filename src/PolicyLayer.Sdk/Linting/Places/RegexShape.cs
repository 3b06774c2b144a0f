using System.Text;

namespace PolicyLayer.Sdk.Linting.Places;

/// <summary>Simple regular expressions as globs, to try what they match.</summary>
internal static class RegexShape
{
    /// <summary>A glob that matches much of what an expression does; null where it is more than literals and wildcards.</summary>
    /// <param name="pattern">An expression between anchors.</param>
    /// <param name="otherDot">The same with another letter for the first dot that stands for any; null where there is none.</param>
    public static string? ToGlob(string pattern, out string? otherDot)
    {
        otherDot = null;
        int dot = -1;
        var glob = new StringBuilder();
        ReadOnlySpan<char> rest = Strip(pattern);
        while (!rest.IsEmpty)
        {
            if (Wildcard(rest) is > 0 and var length)
            {
                glob.Append(rest[0] == '.' ? "**" : "*");
                rest = rest[length..];
            }
            else if (rest is ['\\', not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9'), ..])
            {
                glob.Append(rest[1]);
                rest = rest[2..];
            }
            else if (rest[0] is '\\' or '[' or ']' or '(' or ')' or '{' or '}' or '|' or '+' or '*' or '^' or '$')
            {
                return null;
            }
            else
            {
                dot = rest[0] == '.' && dot < 0 && glob.ToString().Contains("://", StringComparison.Ordinal) ? glob.Length : dot;
                glob.Append(rest[0] == '?' ? "" : rest[..1]);
                rest = rest[1..];
            }
        }

        otherDot = dot < 0 ? null : Detours.Filled(glob.ToString(0, dot) + "x" + glob.ToString(dot + 1, glob.Length - dot - 1));
        return glob.ToString();
    }

    /// <summary>How long the wildcard is that an expression begins with; 0 where it begins with another thing.</summary>
    private static int Wildcard(ReadOnlySpan<char> rest) =>
        rest.StartsWith(".*") || rest.StartsWith(".+") ? 2
        : rest.StartsWith("[^/]*") || rest.StartsWith("[^/]+") ? 5
        : 0;

    private static ReadOnlySpan<char> Strip(string pattern)
    {
        ReadOnlySpan<char> text = pattern.AsSpan();
        text = text.StartsWith("(?i)") ? text[4..] : text;
        text = text.StartsWith("^") ? text[1..] : text.StartsWith("\\A") ? text[2..] : text;
        return text.EndsWith("\\z") ? text[..^2] : text.EndsWith("$") ? text[..^1] : text;
    }
}
