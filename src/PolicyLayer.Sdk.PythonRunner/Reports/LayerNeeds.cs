namespace PolicyLayer.Sdk.Python.Reports;

/// <summary>Every layer in the order they are applied, and what each takes.</summary>
internal static class LayerNeeds
{
    private const string Namespaces = "root with CAP_SYS_ADMIN, or unprivileged user namespaces; in a container a filter that permits unshare and mount";
    private const string Landlock = "Linux 5.13 with landlock among the security modules";

    public static IReadOnlyList<(string Layer, string Needs)> All { get; } =
    [
        ("closed_descriptors", "Linux 5.9 (close_range)"),
        ("user_namespace", "unprivileged user namespaces, for a host that may not make the others directly"),
        ("mount_namespace", Namespaces),
        ("pid_namespace", Namespaces),
        ("network_namespace", Namespaces),
        ("ipc_namespace", Namespaces),
        ("uts_namespace", Namespaces),
        ("cgroup_namespace", Namespaces),
        ("empty_root", "a mount namespace, and a tmpfs that may be mounted in it"),
        ("other_user", "a host that runs as root: only root can become another user"),
        ("no_new_privileges", "Linux 3.5"),
        ("landlock", Landlock),
        ("landlock_tcp", "Linux 6.7 (Landlock's fourth ABI)"),
        ("landlock_scopes", "Linux 6.12 (Landlock's sixth ABI)"),
        ("capabilities", "nothing"),
        ("landlock_worker", Landlock),
        ("limits", "nothing"),
        ("deny_write_execute", "Linux 6.3 (memory-deny-write-execute)"),
        ("not_dumpable", "nothing"),
        ("parent_death_signal", "nothing"),
        ("seccomp", "a kernel with seccomp filters, and a container that permits setting one"),
        ("self_test", "a seccomp filter that this kernel really runs"),
    ];
}
