namespace PolicyLayer.Sdk.Python.Interpreters;

/// <summary>Finds the file to start. The platform would look in the current directory before PATH, where anyone may have put a python3.</summary>
internal static class InterpreterPath
{
    /// <summary>The full path, or null when PATH has no such file. A path with a directory is taken as it is.</summary>
    public static string? Find(string name) =>
        name.Contains('/', StringComparison.Ordinal)
            ? Path.GetFullPath(name)
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Where(Path.IsPathRooted)
                .Select(directory => Path.Combine(directory, name))
                .FirstOrDefault(IsExecutable);

    /// <summary>Whether there is such a file, and it may be started.</summary>
    public static bool IsThere(string name) => Find(name) is { } path && IsExecutable(path);

    private static bool IsExecutable(string path)
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Execute) != UnixFileMode.None;
    }
}
