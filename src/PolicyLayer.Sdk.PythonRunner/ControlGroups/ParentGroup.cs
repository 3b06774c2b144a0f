using System.Text;

namespace PolicyLayer.Sdk.Python.ControlGroups;

/// <summary>The group that the host owns and names.</summary>
internal static class ParentGroup
{
    /// <summary>Sees to it that groups below it can have these limits.</summary>
    /// <exception cref="IOException">They cannot; the message says why.</exception>
    /// <exception cref="UnauthorizedAccessException">It is not the host's own.</exception>
    public static void Prepare(string path, IReadOnlyList<ControlGroupLimit> limits)
    {
        if (!File.Exists(Path.Combine(path, "cgroup.procs")) || !File.Exists(Path.Combine(path, "cgroup.subtree_control")))
        {
            throw new IOException("it is not a directory of cgroup v2");
        }

        string[] wanted = [.. limits.Select(static limit => limit.Controller).Distinct(StringComparer.Ordinal)];
        string[] missing = [.. wanted.Except(Words(path, "cgroup.subtree_control"))];
        if (missing.Length == 0)
        {
            return;
        }

        string[] absent = [.. missing.Except(Words(path, "cgroup.controllers"))];
        if (absent.Length > 0)
        {
            throw new IOException($"it was not given the controllers {string.Join(", ", absent)}");
        }

        try
        {
            Write(Path.Combine(path, "cgroup.subtree_control"), string.Join(' ', missing.Select(static controller => "+" + controller)));
        }
        catch (IOException e)
        {
            throw new IOException($"the controllers {string.Join(", ", missing)} cannot be enabled for the groups below it; no process may be in it itself", e);
        }
    }

    /// <summary>Writes a value to a file of the kernel, in one call: never makes the file, and shows what the kernel answers.</summary>
    public static void Write(string file, string value)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(Encoding.ASCII.GetBytes(value));
    }

    private static string[] Words(string path, string file) =>
        File.ReadAllText(Path.Combine(path, file)).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
