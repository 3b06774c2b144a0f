using System.Buffers;
using System.Globalization;
using System.Text;
using YamlDotNet.Core;

namespace PolicyLayer.Sdk.Yaml;

/// <summary>Says why a text is not YAML, by looking at the place where the parser stopped. The words are ours: those of the parser's exceptions change with its version.</summary>
internal static class YamlMistake
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private const string EndsEarly = "the text ends before the document is complete";

    /// <summary>Where the mistake is.</summary>
    public static Mark Place(string yaml, YamlException mistake) => Tab(yaml, mistake) ?? mistake.Start;

    /// <param name="yaml">The text.</param>
    /// <param name="mistake">What the parser threw.</param>
    /// <param name="opened">The bracket that is open, or null where none is.</param>
    public static string Describe(string yaml, YamlException mistake, char? opened)
    {
        int at = (int)Math.Clamp(mistake.Start.Index, 0, yaml.Length);
        if (Tab(yaml, mistake) is not null)
        {
            return "this line is indented with a tab; use spaces";
        }

        ReadOnlySpan<char> rest = yaml.AsSpan(at);
        if (rest.IsWhiteSpace())
        {
            return opened is { } bracket ? NotClosed(bracket) : EndsEarly;
        }

        bool isSyntax = mistake is SyntaxErrorException;
        string shown = Shown(rest);
        return rest[0] switch
        {
            '"' or '\'' when isSyntax => Quoted(rest),
            '|' or '>' when isSyntax => $"after `{shown}` the line ends, and the text begins on the next one",
            '*' or '&' or '!' or '@' or '`' or '%' => $"a text that begins with `{shown}` is quoted",
            ']' or '}' => $"`{shown}` does not close what is open",
            ',' when opened is not null => "a value is missing before this `,`",
            ',' => "a text that begins with `,` is quoted",
            _ when opened is { } bracket => $"a `,` or `{Closing(bracket)}` is missing before `{shown}`",
            ':' => "a second `:` where one value belongs; quote the text, or mend the indentation",
            _ => BesideOthers(yaml, at, shown),
        };
    }

    /// <summary>What is said of a bracket that no other closes.</summary>
    public static string NotClosed(char bracket) => $"`{bracket}` is not closed: a `{Closing(bracket)}` is missing";

    private static char Closing(char bracket) => bracket == '[' ? ']' : '}';

    private static string BesideOthers(string yaml, int at, string shown)
    {
        ReadOnlySpan<char> before = yaml.AsSpan(0, at);
        ReadOnlySpan<char> onLine = before[(before.LastIndexOfAny('\n', '\r') + 1)..].Trim(' ');
        return onLine.IsEmpty ? "this line is indented unlike those it belongs to, or has no `:` or `-` as they have"
            : onLine[^1] is '"' or '\'' ? $"`{shown}` follows a quoted text; quote all of it"
            : shown == "-" ? "a list begins on a line of its own"
            : $"`{shown}` cannot stand here";
    }

    private static string Quoted(ReadOnlySpan<char> text)
    {
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == text[0])
            {
                return "the lines of a quoted text are indented more than what it belongs to";
            }

            if (text[0] == '"' && text[i] == '\\' && ++i < text.Length)
            {
                int digits = text[i] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
                if (!"0abt\tnvfre \"/\\N_LPxuU\r\n".Contains(text[i]))
                {
                    return $"`\\{Shown(text[i..])}` is no escape; a back-slash itself is written `\\\\`, or stands between `'`";
                }

                if (text.Length - i <= digits || text.Slice(i + 1, digits).ContainsAnyExcept(HexDigits))
                {
                    return $"`\\{text[i]}` needs {(digits == 2 ? "two" : digits == 4 ? "four" : "eight")} digits from 0 to f";
                }
            }
        }

        return $"a text is not closed: its last `{text[0]}` is missing";
    }

    /// <summary>The first line that has a tab before its text, of which the parser says no place; null when none has.</summary>
    private static Mark? Tab(string yaml, YamlException mistake)
    {
        if (mistake.Start.Index != 0)
        {
            return null;
        }

        int number = 0;
        foreach (ReadOnlySpan<char> line in yaml.AsSpan().EnumerateLines())
        {
            number++;
            ReadOnlySpan<char> text = line.TrimStart(" \t");
            if (!text.IsEmpty && line[..^text.Length].Contains('\t'))
            {
                return new Mark(0, number, 1);
            }
        }

        return null;
    }

    /// <summary>The first character, so that it can be seen.</summary>
    private static string Shown(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out Rune rune, out _);
        return Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
            ? string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}")
            : rune.ToString();
    }
}
