using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PolicyLayer.Sdk.Compilation.Regexes;

/// <summary>Compiles RE2-style patterns to .NET's linear-time engine, so that they mean what RE2 means.</summary>
internal sealed class LinearRegex
{
    private readonly Regex _regex;

    private LinearRegex(Regex regex) => _regex = regex;

    private const int MaxLength = 4096;

    /// <summary>Compiles a pattern, or says why not. It never throws.</summary>
    public static bool TryCreate(string pattern, bool ignoreCase, [NotNullWhen(true)] out LinearRegex? regex, [NotNullWhen(false)] out string? error)
    {
        regex = null;
        if (pattern.Length > MaxLength)
        {
            error = string.Create(CultureInfo.InvariantCulture, $"a regex has at most {MaxLength} characters");
            return false;
        }

        var translator = new RegexTranslator(ignoreCase ? "(?i)" + pattern : pattern);
        string translated = translator.Translate();
        error = translator.Error;
        if (error is not null)
        {
            return false;
        }

        try
        {
            regex = new LinearRegex(new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout));
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or InsufficientExecutionStackException)
        {
            error = $"`{pattern}` grows too large to match in linear time; use smaller repetitions";
            return false;
        }
    }

    /// <summary>Searches a text.</summary>
    public RegexOutcome Search(ReadOnlySpan<char> text) => _regex.IsMatch(text) ? RegexOutcome.Match : RegexOutcome.NoMatch;
}
