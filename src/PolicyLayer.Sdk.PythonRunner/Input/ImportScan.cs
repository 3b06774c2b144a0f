using System.Text.RegularExpressions;

namespace PolicyLayer.Sdk.Python.Input;

/// <summary>Guesses which allowed modules a program will want, so that only those are loaded before the lock.</summary>
/// <remarks>A wrong guess costs time or an ImportError, never safety: only names on the allow-list come out, and what those load late.</remarks>
internal static partial class ImportScan
{
    private const int Most = 64;
    private const string Gap = @"(?:[ \t]|\\\r?\n)";
    private const string Names = @"(?<names>(?:[A-Za-z0-9_., \t]|\\\r?\n)+)";

    public static IReadOnlyList<string> Preload(string code, IReadOnlyList<string> allowed)
    {
        if (allowed.Count == 0)
        {
            return [];
        }

        var found = new List<string>(allowed.Where(module => Mentions(code, LastPart(module))));
        foreach (Match match in ImportStatement().Matches(code))
        {
            string package = match.Groups["package"].Value;
            found.Add(package);
            found.AddRange(Name().Matches(match.Groups["names"].Value).Select(name => package.Length > 0 ? $"{package}.{name.Value}" : name.Value));
        }

        string[] wanted = [.. found.Where(module => IsAllowed(module, allowed)).Distinct(StringComparer.Ordinal).Take(Most)];
        return [.. wanted, .. LateImports.Of(code, wanted)];
    }

    /// <summary>All that can be loaded for a program that is not known yet.</summary>
    public static IReadOnlyList<string> PreloadAll(IReadOnlyList<string> allowed) =>
        [.. allowed.Where(static module => !IsProgram(module)), .. LateImports.OfAny(allowed)];

    private static bool Mentions(string code, string word)
    {
        for (int at = code.IndexOf(word, StringComparison.Ordinal); at >= 0; at = code.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if (!IsPartOfName(code, at - 1) && !IsPartOfName(code, at + word.Length))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPartOfName(string code, int at) =>
        at >= 0 && at < code.Length && (char.IsLetterOrDigit(code[at]) || code[at] == '_');

    private static string LastPart(string module) => module[(module.LastIndexOf('.') + 1)..];

    // `unittest.__main__` and its like are programs: importing one runs it, and here that is before the lock.
    private static bool IsProgram(string module) => module.Contains("__main__", StringComparison.Ordinal);

    private static bool IsAllowed(string module, IReadOnlyList<string> allowed) =>
        !IsProgram(module)
        && allowed.Any(entry => module == entry || module.StartsWith(entry + ".", StringComparison.Ordinal));

    // What follows `import` is read to the end of the statement: over lines that go on, and in parentheses over comments.
    [GeneratedRegex(
        @"\b(?:from" + Gap + @"+(?<package>[A-Za-z_][A-Za-z0-9_.]*)" + Gap + @"+import(?:" + Gap + @"*\((?<names>(?:[^)#]|#[^\n]*)*)|" + Gap + "+" + Names + ")|import" + Gap + "+" + Names + ")",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ImportStatement();

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_.]*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
