using System.Diagnostics;
using System.Globalization;

namespace PolicyLayer.Benchmarks.Python;

/// <summary>What /proc says.</summary>
internal static class Processes
{
    private const double KilobytesPerMegabyte = 1024;

    /// <summary>The private memory of the processes that a path started: the supervisor was there first.</summary>
    public static IEnumerable<(string Role, double Megabytes)> PrivateMemory(string path) => Ids()
        .Where(id => Read(id, "cmdline").StartsWith(path + '\0', StringComparison.Ordinal))
        .Order()
        .Select((id, index) => (index == 0 ? "supervisor" : "worker", Read(id, "smaps_rollup").Split('\n').Where(IsPrivate).Sum(Kilobytes) / KilobytesPerMegabyte));

    /// <summary>This process's open descriptors, and its memory after a collection.</summary>
    public static (int Descriptors, double Megabytes) Own()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using Process self = Process.GetCurrentProcess();
        return (Directory.GetFileSystemEntries("/proc/self/fd").Length, self.WorkingSet64 / (KilobytesPerMegabyte * KilobytesPerMegabyte));
    }

    /// <summary>Children of this process that ended and were not reaped.</summary>
    public static int Zombies() => Ids().Count(static id =>
    {
        string stat = Read(id, "stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is ["Z", var parent, ..] && parent == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
    });

    private static IEnumerable<int> Ids() => Directory.GetDirectories("/proc")
        .Select(static path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out int id) ? id : 0)
        .Where(static id => id > 0);

    private static bool IsPrivate(string line) => line.StartsWith("Private_", StringComparison.Ordinal);

    private static double Kilobytes(string line) =>
        double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    private static string Read(int id, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine("/proc", id.ToString(CultureInfo.InvariantCulture), name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // it ended between the listing and the reading
        }
    }
}
