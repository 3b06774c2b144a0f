namespace PolicyLayer.Repository.Tests.Support;

/// <summary>The files of the checkout that these tests were built from.</summary>
internal static class Checkout
{
    private static readonly string[] NotOurs = ["artifacts", "bin", "obj", ".git", "node_modules"];

    public static string Root { get; } = FindRoot();

    /// <summary>The projects that are shipped, by name.</summary>
    public static IReadOnlyList<string> Packages { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Files below a folder, by relative path with slashes; none when there is no such folder.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        string start = File(folder);
        return !Directory.Exists(start)
            ? []
            : Directory.EnumerateFiles(start, pattern, SearchOption.AllDirectories)
                .Select(static file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
                .Where(static file => !file.Split('/').Any(NotOurs.Contains))
                .Order(StringComparer.Ordinal);
    }

    public static string Read(string relativePath) => System.IO.File.ReadAllText(File(relativePath));

    public static string[] ReadLines(string relativePath) => System.IO.File.ReadAllLines(File(relativePath));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "PolicyLayer.Sdk.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("these tests read the checkout, and no folder above them has PolicyLayer.Sdk.sln");
    }
}
