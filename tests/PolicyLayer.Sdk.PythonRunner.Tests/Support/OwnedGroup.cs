namespace PolicyLayer.Sdk.Python.Tests.Support;

/// <summary>A cgroup v2 of the test's own, removed after it.</summary>
internal sealed class OwnedGroup : IDisposable
{
    private OwnedGroup(string path) => Path = path;

    public string Path { get; }

    public IReadOnlyList<string> Children => Directory.GetDirectories(Path);

    /// <summary>Makes one, or skips the test with the reason.</summary>
    public static OwnedGroup Create(params string[] controllers)
    {
        Sandbox.RequireLinux();
        string? mount = File.ReadLines("/proc/mounts").Select(line => line.Split(' ')).Where(fields => fields[2] == "cgroup2").Select(fields => fields[1]).FirstOrDefault();
        Assert.SkipWhen(mount is null, "no cgroup v2 is mounted here");
        string above = Above(mount!);
        string[] given = File.ReadAllText(System.IO.Path.Combine(above, "cgroup.subtree_control")).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.SkipUnless(controllers.All(given.Contains), $"groups of this machine are not given the controllers {string.Join(", ", controllers)}");
        string path = System.IO.Path.Combine(above, "policylayer-test-" + Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Assert.Skip($"a group cannot be made below {above}: {e.Message}");
        }

        return new OwnedGroup(path);
    }

    public void Dispose() => Directory.Delete(Path);

    /// <summary>Root adds to the first group of all. Anybody else only beside its own, where that was delegated to it.</summary>
    private static string Above(string mount)
    {
        string own = File.ReadLines("/proc/self/cgroup").FirstOrDefault(line => line.StartsWith("0::/", StringComparison.Ordinal))?[4..] ?? "";
        return Environment.IsPrivilegedProcess ? mount : System.IO.Path.Combine(mount, System.IO.Path.GetDirectoryName(own) ?? "");
    }
}
