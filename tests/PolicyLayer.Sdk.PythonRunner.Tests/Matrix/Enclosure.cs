namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>Scripts that start an interpreter inside something that a payload may change or read instead of the machine's own.</summary>
/// <remarks>They keep their own name as the interpreter's, or the runner would start the real one past them.</remarks>
internal static class Enclosure
{
    /// <summary>Where control groups of version 2 are, if this process may add to them.</summary>
    public static string? ControlGroups { get; } = FindControlGroups();

    public static string InControlGroup(string python, string group) =>
        $"""
        #!/bin/bash
        echo $$ > '{group}/cgroup.procs' || exit 1
        exec -a "$0" '{python}' "$@"

        """;

    /// <summary>With a host name and a domain name of its own; a change of them is left behind as a file.</summary>
    public static string WithOwnName(string python, string changed) =>
        $"""
        #!/bin/bash
        exec unshare --uts /bin/bash -c '
        before=$(cat /proc/sys/kernel/domainname)
        (exec -a "$0" "{python}" "$@")
        status=$?
        [ "$(cat /proc/sys/kernel/domainname)" = "$before" ] || : > "{changed}"
        exit $status' "$0" "$@"

        """;

    private static string? FindControlGroups()
    {
        string? place = File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')).FirstOrDefault(mount => mount[2] == "cgroup2")?[1];
        if (place is null || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        string probe = Path.Combine(place, "probe-" + Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(probe);
            Directory.Delete(probe);
            return place;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
