namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>Something that can hold a payload alone.</summary>
/// <param name="Name">As payloads and the table name it.</param>
/// <param name="Switches">The layers of the runner that must be on for it, by the runner's names; the last is its own.</param>
internal sealed record Layer(string Name, params string[] Switches)
{
    /// <summary>By what the other namespaces are made: root needs nothing.</summary>
    private static string[] Means => Environment.IsPrivilegedProcess ? [] : ["user_namespace"];

    /// <summary>What tests can switch off one by one.</summary>
    public static IReadOnlyList<Layer> All { get; } =
    [
        new("seccomp", "no_new_privileges", "self_test", "seccomp"),
        new("landlock", "no_new_privileges", "landlock"),
        new("landlock_truncate", "no_new_privileges", "landlock"),
        new("landlock_tcp", "no_new_privileges", "landlock"),
        new("landlock_scopes", "no_new_privileges", "landlock"),
        new("landlock_worker", "no_new_privileges", "landlock", "landlock_worker"),
        new("worker_scopes", "no_new_privileges", "landlock", "landlock_worker"),
        new("empty_root", [.. Means, "mount_namespace", "empty_root"]),
        new("mount_namespace", [.. Means, "mount_namespace"]),
        new("pid_namespace", [.. Means, "pid_namespace"]),
        new("network_namespace", [.. Means, "network_namespace"]),
        new("ipc_namespace", [.. Means, "ipc_namespace"]),
        new("uts_namespace", [.. Means, "uts_namespace"]),
        new("cgroup_namespace", [.. Means, "cgroup_namespace"]),
        new("user_namespace", "user_namespace"),
        new("other_user", "other_user"),
        new("capabilities", "capabilities"),
        new("no_new_privileges", "other_user", "no_new_privileges"),
        new("limits", "closed_descriptors", "limits"),
        new("kept_limits", ["closed_descriptors", .. Machine.CanRaiseLimits ? new[] { "capabilities" } : [], "limits"]),
        new("process_limit", "closed_descriptors", "other_user", "limits"),
        new("deny_write_execute", "deny_write_execute"),
        new("not_dumpable", "not_dumpable"),
        new("parent_death_signal", "parent_death_signal"),
        new("closed_descriptors", "closed_descriptors"),
        new("import_gate", "import_gate"),
        new("audit", "audit"),
    ];

    /// <summary>What is part of how the runner starts things and is always there.</summary>
    public static IReadOnlyList<string> Structure { get; } = ["environment", "own_pipes", "timer", "output_cap"];

    /// <summary>Every name that the runner's list of layers to leave out understands.</summary>
    public static IReadOnlyList<string> Switchable { get; } = [.. All.SelectMany(layer => layer.Switches).Distinct()];

    public static IReadOnlyList<string> Namespaces { get; } = [.. Switchable.Where(name => name.EndsWith("_namespace", StringComparison.Ordinal)), "empty_root"];

    public static Layer Named(string name) => All.First(layer => layer.Name == name);

    /// <summary>The one switch that is its own; those before it are what it builds on.</summary>
    public string Own => Switches[^1];

    /// <summary>Whether this test process can have it: only root becomes another user and has capabilities to lose, only others need a user namespace, and some came with newer kernels.</summary>
    public bool IsHere => Kernel.Has(Name) && (Environment.IsPrivilegedProcess ? Name != "user_namespace" : Name != "capabilities" && !Switches.Contains("other_user"));

    /// <summary>Whether code runs as a user of the host whose other processes count against its limit, so that it may be reached or not.</summary>
    public static bool CountsProcessesOfOthers(IReadOnlyCollection<string> off) => !Environment.IsPrivilegedProcess && !off.Contains("limits");

    /// <summary>Whether it holds when these are off.</summary>
    public bool Holds(IEnumerable<string> off) => IsHere && !Switches.Intersect(off).Any();
}
