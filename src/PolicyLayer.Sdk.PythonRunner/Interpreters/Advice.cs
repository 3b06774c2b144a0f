using System.ComponentModel;

namespace PolicyLayer.Sdk.Python.Interpreters;

/// <summary>What to tell a person when Python cannot be run, each time with the way out.</summary>
internal static class Advice
{
    public const string Install =
        "Install CPython 3.9 or newer (Debian, Ubuntu: apt-get install python3; Fedora: dnf install python3; Alpine: apk add python3) "
        + "or set PythonRunnerOptions.PythonPath.";

    // error numbers of Linux, alike on every machine that it runs on here
    private const int Again = 11, NoMemory = 12, NoFilesOfSystem = 23, NoFiles = 24;

    private const string Exhausted =
        "The host has used up what another process takes: raise its limits of open files (ulimit -n) and processes (ulimit -u), "
        + "or lower PythonRunnerOptions.MaxConcurrentRuns and PoolSize.";

    /// <summary>The same errors as Python writes them.</summary>
    private static readonly string[] Exhaustion = [$"[Errno {Again}]", $"[Errno {NoMemory}]", $"[Errno {NoFilesOfSystem}]", $"[Errno {NoFiles}]"];

    public const string NotLinux =
        "The sandbox is made of Linux kernel features, and this is not Linux. Run the host in a Linux container, or on Windows in WSL 2.";

    public static string Busy(int waiting, TimeSpan later) =>
        $"As many runs wait as may ({waiting}). Try again in {later.TotalSeconds:0} s. Nothing was started.";

    public static string NoGroup(string parent, string reason) =>
        $"The run cannot be put into a group below CgroupParent `{parent}`: {reason}. It must be a directory of cgroup v2 that the host owns, "
        + "with the controllers memory, pids and cpu and no process of its own (systemd: Delegate=yes); or leave CgroupParent null.";

    public static string NotFound(string name) => $"`{name}` was not found on PATH. {Install}";

    public static string NotStarted(string path, Exception fault) =>
        $"`{path}` could not be started: {fault.Message.TrimEnd('.')}. {(fault is Win32Exception { NativeErrorCode: Again or NoMemory or NoFilesOfSystem or NoFiles } ? Exhausted : Install)}";

    public static string NotPython(string path, string reason) => $"`{path}` is not a Python that can be used: {reason}. {Install}";

    public static string Unfit(string path, string reason) => $"`{path}` cannot be used: it is {reason}. {Install}";

    public static string Broken(string reason) => $"The Python supervisor failed: {reason}. The result of the run, if there was one, is not known.";

    public static string Missing(IsolationLevel required, string layer, string reason) =>
        $"This machine cannot isolate Python at level `{Names.Of(required)}`: the layer `{layer}` does not hold ({reason}). {(Exhaustion.Any(error => reason.StartsWith(error, StringComparison.Ordinal)) ? Exhausted : WayOut(layer))}";

    public static string WayOut(string layer) => layer switch
    {
        "landlock" or "landlock_worker" =>
            "Landlock needs Linux 5.13 or newer with `landlock` among the active security modules (kernel parameter lsm=); "
            + "or lower MinimumIsolation to Seccomp.",
        "seccomp" or "self_test" or "no_new_privileges" =>
            "The kernel must support seccomp filters (CONFIG_SECCOMP_FILTER), and a container must not forbid setting one; gVisor and old "
            + "emulators do. Run on another machine, or in a virtual machine.",
        "landlock_tcp" => "Run on Linux 6.7 or newer; until then seccomp alone, and a network namespace where there is one, keep the network shut.",
        "landlock_scopes" => "Run on Linux 6.12 or newer; until then seccomp alone, and a process namespace where there is one, keep signals in.",
        "deny_write_execute" => "Run on Linux 6.3 or newer; until then the filter alone refuses memory that may be executed.",
        "mount_namespace" or "pid_namespace" or "network_namespace" or "ipc_namespace" or "uts_namespace" or "cgroup_namespace" or "empty_root" or "user_namespace" =>
            "Namespaces need root with CAP_SYS_ADMIN, or unprivileged user namespaces (Ubuntu 24.04: kernel.apparmor_restrict_unprivileged_userns=0 "
            + "or an AppArmor profile with `userns`; containers: a seccomp profile that permits unshare and mount); or lower MinimumIsolation to Kernel.",
        "other_user" =>
            "As root, the user 65534 must be there to be taken: run the host as another user, or map that user into its user namespace. "
            + "As any other user, the code runs as that user: the other layers keep its files shut.",
        _ => "Run on a newer kernel (5.13 or later), or in a container that permits it.",
    };
}
