using System.Globalization;

namespace PolicyLayer.EndToEnd.Tests;

/// <summary>Processes as the kernel shows them, for evidence from outside.</summary>
internal static class LinuxProcess
{
    /// <summary>The living children of a process that were started with an argument; other tests start programs meanwhile.</summary>
    public static int[] Children(int parent, string argument) =>
        [.. Descendants(parent).Where(pid => Parent(pid) == parent && Arguments(pid).Contains(argument, StringComparer.Ordinal))];

    /// <summary>The living descendants of a process.</summary>
    public static int[] Descendants(int ancestor)
    {
        var parents = new Dictionary<int, int>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && Parent(pid) is { } parent)
            {
                parents[pid] = parent;
            }
        }

        return [.. parents.Keys.Where(pid => IsBelow(pid))];

        bool IsBelow(int pid)
        {
            while (parents.TryGetValue(pid, out pid))
            {
                if (pid == ancestor)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Waits until a process is gone; a zombie counts as gone.</summary>
    public static async Task GoneAsync(int pid, CancellationToken cancellationToken)
    {
        while (Parent(pid) is not null)
        {
            await Task.Delay(10, cancellationToken);
        }
    }

    private static string[] Arguments(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static int? Parent(int pid)
    {
        try
        {
            // pid (name) state parent …; the name may hold anything, so read from its last bracket.
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
