using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PolicyLayer.Schemas.Regexes;

/// <summary>A pattern in RE2's dialect, searched in time proportional to the text (docs/regex.md). It is safe for concurrent use.</summary>
internal sealed class LinearRegex
{
    private const int MaxLength = 4096;

    /// <summary>The most positions times characters that a search may cost: about a second or two at the very worst.</summary>
    private const long MaxWork = 1_000_000_000;

    private readonly RegexMatcher _matcher;

    private LinearRegex(RegexProgram program)
    {
        _matcher = new RegexMatcher(program);
        Size = program.Instructions.Length;
    }

    /// <summary>How large it is: about as many positions as the pattern has when its repetitions are written out.</summary>
    public int Size { get; }

    /// <summary>Compiles a pattern, or says why not. It never throws.</summary>
    public static bool TryCreate(string pattern, bool ignoreCase, [NotNullWhen(true)] out LinearRegex? regex, [NotNullWhen(false)] out string? error)
    {
        bool compiled = TryCompile(pattern, ignoreCase, out RegexProgram? program, out error);
        regex = compiled ? new LinearRegex(program!) : null;
        return compiled;
    }

    /// <summary>Makes the program of a pattern, or says why not.</summary>
    public static bool TryCompile(string pattern, bool ignoreCase, [NotNullWhen(true)] out RegexProgram? program, [NotNullWhen(false)] out string? error)
    {
        program = null;
        if (pattern.Length > MaxLength)
        {
            error = string.Create(CultureInfo.InvariantCulture, $"a regex has at most {MaxLength} characters");
            return false;
        }

        if (!Re2Parser.TryParse(pattern, ignoreCase, out RegexNode? node, out error))
        {
            return false;
        }

        program = RegexProgram.Of(node);
        return true;
    }

    /// <summary>Searches a text. Whether it is undecided depends on the lengths of pattern and text alone, so the same question always has the same answer.</summary>
    public RegexOutcome Search(ReadOnlySpan<char> text) =>
        (long)Size * text.Length > MaxWork ? RegexOutcome.Undecided : _matcher.Search(text);
}
