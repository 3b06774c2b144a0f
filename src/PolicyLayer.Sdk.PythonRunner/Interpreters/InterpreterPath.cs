namespace PolicyLayer.Sdk.Python.Interpreters;

/// <summary>Finds the file to start. The platform would look in the current directory before PATH, where anyone may have put a python3.</summary>
internal static class InterpreterPath
{
    /// <summary>The full path, or null when PATH has no such file. A path with a directory is taken as it is.</summary>
    public static string? Find(string name) => Find(name, Environment.GetEnvironmentVariable("PATH") ?? string.Empty);

    /// <summary>The same with directories of the caller's, as PATH names them.</summary>
    public static string? Find(string name, string directories) =>
        name.Contains('/', StringComparison.Ordinal)
            ? Path.GetFullPath(name)
            : directories
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Where(Path.IsPathRooted)
                .Select(directory => Path.Combine(directory, name))
                .FirstOrDefault(IsExecutable);

    /// <summary>Whether there is such a file, and it may be started.</summary>
    public static bool IsThere(string name) => Find(name) is { } path && IsExecutable(path);

    private static bool IsExecutable(string path)
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return !OperatingSystem.IsWindows() && File.Exists(path) && !LeadsNowhere(path) && (File.GetUnixFileMode(path) & Execute) != UnixFileMode.None;
    }

    /// <summary>Whether it is a link to a file that is gone, which is passed over as shells do; the framework calls such a link there.</summary>
    private static bool LeadsNowhere(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true) is { Exists: false };
        }
        catch (IOException)
        {
            return true;
        }
    }
}
