namespace PolicyLayer.Sdk.Python.Input;

/// <summary>What modules of the library load only inside one of their functions, which is long after the lock. Not every version has them all.</summary>
internal static class LateImports
{
    /// <summary>Module, word in the code without which it will not happen, what is loaded.</summary>
    private static readonly (string Module, string Word, string[] Loads)[] Known =
    [
        ("datetime", "strptime", ["_strptime", "warnings"]),
        ("time", "strptime", ["_strptime", "warnings"]),
        ("collections", "most_common", ["heapq"]),
        ("statistics", "mode", ["heapq"]),
        ("functools", "singledispatch", ["types", "typing", "weakref", "annotationlib"]),
        ("types", "coroutine", ["functools"]),
        ("dataclasses", "make_dataclass", ["typing"]),
        ("string", "Template", ["re", "collections"]),
        ("csv", "Sniffer", ["re"]),
        ("locale", "format_string", ["re"]),
        ("ast", "get_docstring", ["inspect"]),
        ("ast", "get_source_segment", ["re"]),
        ("ast", "unparse", ["_ast_unparse"]),
        ("xml.dom.minidom", "parse", ["xml.dom.expatbuilder"]),
        ("typing", "ContextManager", ["contextlib"]),
        ("typing", "Pattern", ["re"]),
        ("typing", "Match", ["re"]),
        ("typing", "import *", ["contextlib", "re"]),
        .. Each(["typing"], "annotationlib"),
        .. Each(["annotationlib"], "typing", "warnings"),
        .. Each(["uuid"], "hashlib", "random", "time"),
        .. Each(["pprint"], "dataclasses", "re"),
        .. Each(["shlex"], "collections"),
        .. Each(["traceback", "logging", "warnings", "unittest", "inspect", "doctest"], "tokenize"),
        .. Each(["traceback"], "codeop", "difflib"),
        .. Each(["argparse", "optparse", "gettext", "unittest"], "locale", "shutil", "re"),
        .. Each(["argparse"], "_colorize", "difflib", "textwrap"),
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
