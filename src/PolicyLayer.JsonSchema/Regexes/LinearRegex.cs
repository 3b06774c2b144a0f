using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PolicyLayer.Schemas.Regexes;

/// <summary>A pattern in RE2's dialect or ECMA-262's, searched in time proportional to the text (docs/regex.md). It is safe for concurrent use.</summary>
internal sealed class LinearRegex
{
    /// <summary>The most characters that a pattern may have.</summary>
    public const int MaxLength = 4096;

    /// <summary>The most positions times characters that a search may cost: about a second or two at the very worst.</summary>
    public const long MaxWork = 1_000_000_000;

    /// <summary>The pattern, if it is one of ECMA-262.</summary>
    private readonly string _pattern;
    private RegexMatcher? _matcher;

    private LinearRegex(RegexProgram program)
    {
        _pattern = string.Empty;
        _matcher = new RegexMatcher(program);
        Size = program.Instructions.Length;
    }

    private LinearRegex(string pattern, RegexNode node)
    {
        _pattern = pattern;
        Size = RegexProgram.SizeOf(node);
        Weight = RegexWeight.Of(node);
    }

    /// <summary>How large it is: about as many positions as the pattern has when its repetitions are written out.</summary>
    public int Size { get; }

    /// <summary>What it takes in memory once it is searched for, in positions: <see cref="Size"/>, and more for large sets such as <c>\p{L}</c>. Of patterns of ECMA-262 alone.</summary>
    public int Weight { get; }

    /// <summary>Compiles a pattern of RE2, or says why not. It never throws.</summary>
    public static bool TryCreate(string pattern, CaseFolding folding, [NotNullWhen(true)] out LinearRegex? regex, [NotNullWhen(false)] out string? error)
    {
        bool compiled = TryCompile(pattern, folding, out RegexProgram? program, out error);
        regex = compiled ? new LinearRegex(program!) : null;
        return compiled;
    }

    /// <summary>Reads a pattern of ECMA-262, or says why not. It never throws.</summary>
    /// <remarks>Of what it takes nothing but the text is kept until somebody searches: schemas list thousands of patterns, and a few characters of one stand for thousands of positions.</remarks>
    public static bool TryCreateEcma(string pattern, [NotNullWhen(true)] out LinearRegex? regex, [NotNullWhen(false)] out string? error)
    {
        bool isRead = TryParseEcma(pattern, out RegexNode? node, out error);
        regex = isRead ? new LinearRegex(pattern, node!) : null;
        return isRead;
    }

    /// <summary>Makes the program of a pattern of RE2, or says why not.</summary>
    public static bool TryCompile(string pattern, CaseFolding folding, [NotNullWhen(true)] out RegexProgram? program, [NotNullWhen(false)] out string? error)
    {
        program = null;
        if (IsTooLong(pattern, out error) || !Re2Parser.TryParse(pattern, folding, out RegexNode? node, out error))
        {
            return false;
        }

        program = RegexProgram.Of(node);
        return true;
    }

    /// <summary>Searches a text. Whether it is undecided depends on the lengths of pattern and text alone, so the same question always has the same answer.</summary>
    public RegexOutcome Search(ReadOnlySpan<char> text) =>
        (long)Size * text.Length > MaxWork ? RegexOutcome.Undecided : (Volatile.Read(ref _matcher) ?? MakeMatcher()).Search(text);

    private static bool TryParseEcma(string pattern, [NotNullWhen(true)] out RegexNode? node, [NotNullWhen(false)] out string? error)
    {
        node = null;
        return !IsTooLong(pattern, out error) && EcmaParser.TryParse(pattern, out node, out error);
    }

    private RegexMatcher MakeMatcher()
    {
        _ = TryParseEcma(_pattern, out RegexNode? node, out _);
        var program = RegexProgram.Of(node!);
        var made = new RegexMatcher(program, RegexMatcher.RoomFor(program));

        // Searches at once must share what they find out.
        return Interlocked.CompareExchange(ref _matcher, made, null) ?? made;
    }

    private static bool IsTooLong(string pattern, [NotNullWhen(true)] out string? error)
    {
        error = pattern.Length <= MaxLength ? null : string.Create(CultureInfo.InvariantCulture, $"a regex has at most {MaxLength} characters");
        return error is not null;
    }
}
