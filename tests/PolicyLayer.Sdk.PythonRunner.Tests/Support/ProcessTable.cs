using System.Globalization;

namespace PolicyLayer.Sdk.Python.Tests.Support;

/// <summary>What /proc says, which no part of the sandbox writes.</summary>
internal static class ProcessTable
{
    /// <summary>The living processes that were started by this path.</summary>
    public static IReadOnlyList<int> StartedBy(string path) =>
        [.. Ids().Where(id => Read(id, "cmdline").StartsWith(path + '\0', StringComparison.Ordinal))];

    /// <summary>Our own children that ended and were not reaped.</summary>
    public static int Zombies() => Ids().Count(id => Stat(id) is ["Z", var parent, ..] && parent == Id(Environment.ProcessId));

    /// <summary>Whether it used a fifth of a second of processor time: what it printed before that is out.</summary>
    public static bool IsBusy(int id) => Stat(id) is { Length: > 12 } stat && int.Parse(stat[11], CultureInfo.InvariantCulture) > 20;

    /// <summary>Whether it waits for something at this moment.</summary>
    public static bool IsAsleep(int id) => Stat(id) is ["S", ..];

    public static int OpenDescriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    /// <summary>Looks again until it is so; only a process that never gets there ends in a failure.</summary>
    public static async Task EventuallyAsync(Func<bool> holds, string what)
    {
        for (int look = 0; look < 1500; look++)
        {
            if (holds())
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Fail(what);
    }

    private static IEnumerable<int> Ids() => Directory.GetDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out int id) ? id : 0)
        .Where(id => id > 0);

    private static string[] Stat(int id)
    {
        string stat = Read(id, "stat");
        return stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Read(int id, string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{Id(id)}/{name}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // it ended between the listing and the reading
        }
    }

    private static string Id(int id) => id.ToString(CultureInfo.InvariantCulture);
}
