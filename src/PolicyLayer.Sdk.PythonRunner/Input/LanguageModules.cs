using System.Text;
using System.Text.RegularExpressions;

namespace PolicyLayer.Sdk.Python.Input;

/// <summary>What the language itself loads late, long after the lock, for programs that import nothing.</summary>
internal static partial class LanguageModules
{
    private const string Future = "__future__";

    /// <summary>Asked for every name that is not ASCII, and for characters by their names.</summary>
    private const string Characters = "unicodedata";

    /// <summary>From 3.12 on, divides numbers of some thousand digits, and writes them.</summary>
    private const string LongNumbers = "_pylong";

    /// <summary>From 3.12 on, makes the base of a class with type parameters.</summary>
    private const string GenericClasses = "typing";

    /// <summary>Without one of these a program has no number that long, or nearly never.</summary>
    private static readonly string[] Growing = ["**", "<<", "*=", "pow(", "fact", "comb(", "prod("];

    /// <summary>Those that every waiting interpreter has loaded. The others take as long as a whole run, and few programs want them: a40_modules.py names them.</summary>
    public static IReadOnlyList<string> Quick { get; } = [Future, Characters];

    public static IEnumerable<string> Of(string code)
    {
        if (Has(Future))
        {
            yield return Future;
        }

        if (!Ascii.IsValid(code) || Has(@"\N") || Has("namereplace"))
        {
            yield return Characters;
        }

        if (Has("set_int_max_str_digits") || ((Has("//") || Has("divmod")) && Growing.Any(Has)))
        {
            yield return LongNumbers;
        }

        if (GenericClass().IsMatch(code))
        {
            yield return GenericClasses;
        }

        bool Has(string text) => code.Contains(text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\bclass[ \t]+\w+[ \t]*\[", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex GenericClass();
}
