namespace PolicyLayer.Sdk.Proxy.Stdio;

/// <summary>Finds a program as a shell does. The runtime would look beside its own program and in the current folder first, where anybody may have put one.</summary>
internal static class CommandPath
{
    /// <summary>The program's path; null when there is none.</summary>
    public static string? Find(string command)
    {
        if (OperatingSystem.IsWindows())
        {
            return command;
        }

        if (command.Contains('/', StringComparison.Ordinal))
        {
            return File.Exists(command) ? Path.GetFullPath(command) : null;
        }

        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.GetFullPath(Path.Combine(folder, command))).FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string path) =>
        !OperatingSystem.IsWindows() && File.Exists(path)
        && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None;
}
