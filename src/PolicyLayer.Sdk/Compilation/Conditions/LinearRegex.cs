using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>Compiles RE2-style patterns to .NET's linear-time engine, so that they mean what RE2 means: <c>$</c> is the very end, <c>\d \w \s</c> are ASCII.</summary>
/// <remarks>Whatever would mean something else in .NET is rewritten or refused, never passed through.</remarks>
internal sealed class LinearRegex
{
    private const int MaxLength = 4096;

    private readonly string _pattern;
    private readonly StringBuilder _output = new();
    private int _position;
    private string? _error;

    private LinearRegex(string pattern) => _pattern = pattern;

    private char Current => _position < _pattern.Length ? _pattern[_position] : '\0';

    /// <summary>Compiles a pattern, or says why not.</summary>
    public static bool TryCreate(string pattern, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? error)
    {
        regex = null;
        if (pattern.Length > MaxLength)
        {
            error = string.Create(CultureInfo.InvariantCulture, $"a regex has at most {MaxLength} characters");
            return false;
        }

        var translator = new LinearRegex(pattern);
        translator.Translate();
        error = translator._error;
        if (error is not null)
        {
            return false;
        }

        try
        {
            regex = new Regex(translator._output.ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Regex.InfiniteMatchTimeout);
            return true;
        }
        catch (RegexParseException e)
        {
            error = $"`{pattern}` is not a regex: {Describe(e.Error)}";
        }
        catch (NotSupportedException)
        {
            error = $"`{pattern}` grows too large to match in linear time; use smaller repetitions";
        }

        return false;
    }

    private void Translate()
    {
        while (_error is null && _position < _pattern.Length)
        {
            char c = _pattern[_position++];
            switch (c)
            {
                case '\\':
                    Escape(inClass: false);
                    break;
                case '[':
                    Class();
                    break;
                case '$':
                    _output.Append(@"\z");
                    break;
                case '(' when Current == '?':
                    Group();
                    break;
                default:
                    _output.Append(c);
                    break;
            }
        }
    }

    private void Group()
    {
        int end = _pattern.AsSpan(_position).IndexOfAny(":)>=!") is var length and >= 0 ? _position + length : _pattern.Length - 1;
        string head = _pattern[(_position + 1)..(end + 1)];
        string translated = head switch
        {
            ":" => "?:",
            ['P', '<', .. var name, '>'] => $"?<{name}>",
            ['<', .. var name, '>'] when name.Length > 0 => $"?<{name}>",
            [.. var flags, ':' or ')'] when flags.Length > 0 && flags.AsSpan().TrimStart("is").TrimStart('-').TrimStart("is").IsEmpty => "?" + head,
            _ => string.Empty,
        };
        if (translated.Length == 0)
        {
            _error = $"`(?{head}` is not supported: no look-around, no atomic groups, and of flags only `i` and `s`";
            return;
        }

        _output.Append('(').Append(translated);
        _position = end + 1;
    }

    private void Class()
    {
        _output.Append('[');
        if (Current == '^')
        {
            _output.Append('^');
            _position++;
        }

        for (bool first = true; _error is null; first = false)
        {
            if (_position >= _pattern.Length)
            {
                _error = $"`{_pattern}` is not a regex: a `[` is not closed";
                return;
            }

            char c = _pattern[_position++];
            switch (c)
            {
                case ']' when !first:
                    _output.Append(']');
                    return;
                case '\\':
                    Escape(inClass: true);
                    break;
                case '[' when Current == ':':
                    PosixClass();
                    break;
                case '[' or ']':
                    _output.Append('\\').Append(c);
                    break;
                default:
                    _output.Append(c);
                    break;
            }
        }
    }

    private void PosixClass()
    {
        int end = _pattern.IndexOf(":]", _position, StringComparison.Ordinal);
        string name = end < 0 ? string.Empty : _pattern[(_position + 1)..end];
        string? set = RegexSets.Posix(name);
        if (set is null)
        {
            _error = $"`[:{name}:]` is not a class of characters here";
            return;
        }

        _position = end + 2;
        Set(set, inClass: true);
    }

    /// <summary>Writes a set; beside a hyphen inside a class it could become the end of a range, which no pattern means.</summary>
    private void Set(string set, bool inClass)
    {
        bool ambiguous = inClass && ((_output[^1] == '-' && _output[^2] is not ('[' or '^')) || (Current == '-' && _position + 1 < _pattern.Length && _pattern[_position + 1] != ']'));
        if (ambiguous)
        {
            _error = $"`{_pattern}` has a set of characters at the end of a range; escape the hyphen";
            return;
        }

        _output.Append(set);
    }

    private void Escape(bool inClass)
    {
        char c = Current;
        _position++;
        if (RegexSets.Perl(c, inClass) is { } set)
        {
            Set(set, inClass);
        }
        else if (c is 't' or 'n' or 'r' or 'f' or 'v' or 'a' || (c is 'A' or 'z' && !inClass) || (char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && c != '\0'))
        {
            _output.Append('\\').Append(c);
        }
        else if (c == 'x' && _position + 1 < _pattern.Length && char.IsAsciiHexDigit(_pattern[_position]) && char.IsAsciiHexDigit(_pattern[_position + 1]))
        {
            _output.Append(@"\x").Append(_pattern, _position, 2);
            _position += 2;
        }
        else
        {
            _error = c is >= '1' and <= '9'
                ? $"`\\{c}` is a back-reference, which no linear-time engine has"
                : $"`\\{c}` is not supported in a regex here";
        }
    }

    private static string Describe(RegexParseError error)
    {
        var words = new StringBuilder();
        foreach (char c in error.ToString())
        {
            words.Append(char.IsAsciiLetterUpper(c) && words.Length > 0 ? " " : string.Empty).Append(char.ToLowerInvariant(c));
        }

        return words.ToString();
    }
}
