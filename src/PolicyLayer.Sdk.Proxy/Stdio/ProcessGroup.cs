using System.Globalization;

namespace PolicyLayer.Sdk.Proxy.Stdio;

/// <summary>Looks for the members of a group of processes.</summary>
internal static class ProcessGroup
{
    private const string Processes = "/proc";

    /// <summary>Whether a process of the group still runs, as far as this machine tells; one that has ended and was not reaped does not.</summary>
    public static bool HasLiving(int group) =>
        OperatingSystem.IsLinux() && Directory.Exists(Processes)
        && Directory.EnumerateDirectories(Processes).Any(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]) && IsLivingMember(folder, group));

    private static bool IsLivingMember(string folder, int group)
    {
        try
        {
            // The name stands in brackets and may hold anything; behind it come the state, the parent and the group.
            string text = File.ReadAllText(Path.Combine(folder, "stat"));
            string[] fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', 5, StringSplitOptions.RemoveEmptyEntries);
            return fields is [not ("Z" or "X"), _, { } found, ..] && int.TryParse(found, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id == group;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is somebody else's.
            return false;
        }
    }
}
