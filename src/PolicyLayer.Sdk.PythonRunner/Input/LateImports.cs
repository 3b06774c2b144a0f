namespace PolicyLayer.Sdk.Python.Input;

/// <summary>What modules of the library load only inside one of their functions, which is long after the lock.</summary>
internal static class LateImports
{
    /// <summary>Module, word in the code without which it will not happen, what is loaded.</summary>
    private static readonly (string Module, string Word, string[] Loads)[] Known =
    [
        ("datetime", "strptime", ["_strptime"]),
        ("time", "strptime", ["_strptime"]),
        ("collections", "most_common", ["heapq"]),
        ("statistics", "mode", ["heapq"]),
        ("functools", "singledispatch", ["types", "typing", "weakref"]),
        ("types", "coroutine", ["functools"]),
        ("uuid", "uuid", ["hashlib", "random"]),
        ("ast", "get_docstring", ["inspect"]),
        .. Each(["traceback", "logging", "warnings", "unittest", "inspect", "doctest"], "tokenize"),
        .. Each(["argparse", "optparse", "gettext", "unittest"], "locale", "shutil"),
    ];

    public static IEnumerable<string> Of(string code, IReadOnlyCollection<string> wanted) => Known
        .Where(entry => wanted.Contains(entry.Module) && code.Contains(entry.Word, StringComparison.Ordinal))
        .SelectMany(entry => entry.Loads)
        .Except(wanted);

    /// <summary>All that these modules may load late, whatever the code.</summary>
    public static IEnumerable<string> OfAny(IReadOnlyCollection<string> wanted) => Known
        .Where(entry => wanted.Contains(entry.Module))
        .SelectMany(entry => entry.Loads)
        .Distinct(StringComparer.Ordinal)
        .Except(wanted);

    private static IEnumerable<(string Module, string Word, string[] Loads)> Each(string[] modules, params string[] loads) =>
        modules.Select(module => (module, module, loads));
}
