using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PolicyLayer.Schemas.Regexes;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>Makes the patterns of one schema, each once, and bounds what they take together: a few characters such as <c>(a{70}){70}</c> stand for thousands of positions.</summary>
internal sealed class SchemaPatterns(int maxSize)
{
    private readonly Dictionary<string, LinearRegex> _made = new(StringComparer.Ordinal);

    /// <summary>How large they are together, in positions.</summary>
    public int Size { get; private set; }

    /// <param name="pattern">By ECMA-262.</param>
    /// <param name="regex">Null when it cannot be made.</param>
    /// <param name="fault">What is wrong then, to follow the keyword's name.</param>
    public bool TryMake(string pattern, [NotNullWhen(true)] out LinearRegex? regex, [NotNullWhen(false)] out string? fault)
    {
        fault = null;
        if (_made.TryGetValue(pattern, out regex))
        {
            return true;
        }

        // Once it is too much none is made any more; until then one pattern more is some thousand positions at most.
        if (Size <= maxSize)
        {
            if (!LinearRegex.TryCreateEcma(pattern, out regex, out string? error))
            {
                fault = $"cannot be enforced: {error}";
                return false;
            }

            Size += regex.Weight;
            if (Size <= maxSize)
            {
                _made[pattern] = regex;
                return true;
            }
        }

        regex = null;
        fault = string.Create(CultureInfo.InvariantCulture, $"is one too many: the patterns of this schema have more than {maxSize} positions together; write smaller counts than in `{{1000}}`, or fewer patterns");
        return false;
    }
}
