using System.Globalization;

namespace PolicyLayer.Sdk.Python.ControlGroups;

/// <summary>One limit: the controller that keeps it, its file and its value.</summary>
internal sealed record ControlGroupLimit(string Controller, string File, string Value)
{
    /// <summary>What the supervisor takes beside the code: its own pages, and the kernel's for both.</summary>
    private const long Supervisor = 32 * 1024 * 1024;

    /// <summary>Resident memory for the code and its supervisor, these two processes, and one processor.</summary>
    public static IReadOnlyList<ControlGroupLimit> ForRun(long memoryBytes) =>
    [
        new("memory", "memory.max", (memoryBytes + Supervisor).ToString(CultureInfo.InvariantCulture)),
        new("pids", "pids.max", "2"),
        new("cpu", "cpu.max", "100000 100000"),
    ];
}
