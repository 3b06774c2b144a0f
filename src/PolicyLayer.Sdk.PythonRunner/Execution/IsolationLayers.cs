namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>Which layers make a level, by the names the supervisor reports.</summary>
internal static class IsolationLayers
{
    private static readonly string[] Seccomp =
    [
        "closed_descriptors", "no_new_privileges", "capabilities", "limits", "not_dumpable", "parent_death_signal", "seccomp", "self_test",
    ];

    private static readonly string[] Kernel = [.. Seccomp, "landlock", "landlock_worker"];

    private static readonly string[] Full = [.. Kernel, "pid_namespace", "network_namespace", "mount_namespace", "empty_root"];

    public static IReadOnlyList<string> Required(IsolationLevel level) => level switch
    {
        IsolationLevel.None => [],
        IsolationLevel.Seccomp => Seccomp,
        IsolationLevel.Kernel => Kernel,
        _ => Full,
    };

    /// <summary>The weakest level that needs a layer; null for one that no level needs.</summary>
    public static IsolationLevel? NeededFor(string layer) =>
        Seccomp.Contains(layer) ? IsolationLevel.Seccomp
        : Kernel.Contains(layer) ? IsolationLevel.Kernel
        : Full.Contains(layer) ? IsolationLevel.Full
        : null;

    public static PythonIsolation Judge(string[] holding, string[] missing)
    {
        IsolationLevel level = Full.All(holding.Contains) ? IsolationLevel.Full
            : Kernel.All(holding.Contains) ? IsolationLevel.Kernel
            : Seccomp.All(holding.Contains) ? IsolationLevel.Seccomp
            : IsolationLevel.None;
        return new PythonIsolation(level, holding, missing);
    }
}
