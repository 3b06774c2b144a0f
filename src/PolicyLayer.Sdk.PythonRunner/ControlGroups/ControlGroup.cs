using System.Globalization;

namespace PolicyLayer.Sdk.Python.ControlGroups;

/// <summary>A cgroup v2 of one interpreter: supervisor and worker, and nothing else. Removed when they are gone.</summary>
internal sealed class ControlGroup
{
    private const int Attempts = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly string _path;
    private readonly TimeProvider _time;

    private ControlGroup(string path, TimeProvider time)
    {
        _path = path;
        _time = time;
    }

    /// <summary>Whether the kernel killed one of its processes for the memory it took.</summary>
    public bool RanOutOfMemory => Read("memory.events").Split('\n').Any(static line => line.StartsWith("oom_kill ", StringComparison.Ordinal) && line != "oom_kill 0");

    /// <summary>Makes one and sets its limits.</summary>
    /// <exception cref="IOException">The kernel does not do that here; the message says what it would take.</exception>
    /// <exception cref="UnauthorizedAccessException">The parent is not the host's own.</exception>
    public static ControlGroup Create(string parent, IReadOnlyList<ControlGroupLimit> limits, TimeProvider time)
    {
        ParentGroup.Prepare(parent, limits);
        // Never one that is there: another host, whose number in its own container may be ours, would share it.
        string name = string.Create(CultureInfo.InvariantCulture, $"python-{Environment.ProcessId}-{Guid.NewGuid():N}");
        var group = new ControlGroup(Path.Combine(parent, name), time);
        Directory.CreateDirectory(group._path);
        try
        {
            foreach (ControlGroupLimit limit in limits)
            {
                group.Write(limit.File, limit.Value);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            group.TryRemove();
            throw;
        }

        return group;
    }

    /// <summary>Moves a process in; what it starts later is in there too.</summary>
    /// <exception cref="IOException">The kernel refuses that.</exception>
    /// <exception cref="UnauthorizedAccessException">The host may not move it: it must own the group that both are below.</exception>
    public void Add(int process) => Write("cgroup.procs", process.ToString(CultureInfo.InvariantCulture));

    /// <summary>Kills what is left in it, and removes it.</summary>
    public async Task RemoveAsync()
    {
        try
        {
            Write("cgroup.kill", "1");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // before Linux 5.14 there is no such file, and the processes have ended in any case
        }

        // A process that was killed a moment ago may not be gone yet.
        for (int i = 0; i < Attempts && !TryRemove(); i++)
        {
            await Task.Delay(Pause, _time).ConfigureAwait(false);
        }
    }

    private bool TryRemove()
    {
        try
        {
            Directory.Delete(_path);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private string Read(string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(_path, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private void Write(string file, string value) => ParentGroup.Write(Path.Combine(_path, file), value);
}
