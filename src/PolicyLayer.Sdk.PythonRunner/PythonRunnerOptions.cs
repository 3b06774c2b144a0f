using PolicyLayer.Sdk.Python.ControlGroups;

namespace PolicyLayer.Sdk.Python;

/// <summary>How a <see cref="PythonRunner"/> runs code. Read once, when the runner is made.</summary>
public sealed class PythonRunnerOptions
{
    /// <summary>
    /// The interpreter: a path, or a name to find on PATH. Default <c>python3</c>. CPython 3.9 or newer. It is asked once
    /// for its real path with the host's environment; runs then start that path with an environment of their own.
    /// </summary>
    public string PythonPath { get; set; } = "python3";

    /// <summary>The time for a run that names none. Default 10 seconds.</summary>
    public TimeSpan DefaultTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time a run may ask for. Default 15 seconds; at most an hour.</summary>
    public TimeSpan MaxTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest code, in bytes of UTF-8. Default 262,144 (256 KiB); at most 16 MiB.</summary>
    public int MaxCodeBytes { get; set; } = 256 * 1024;

    /// <summary>
    /// The address space of the code in megabytes (1,048,576 bytes), the interpreter's own 20 to 60 included. Default 256;
    /// 64 to 65,536.
    /// </summary>
    public int MemoryLimitMegabytes { get; set; } = 256;

    /// <summary>The most bytes kept of standard output; more stops the program. Default 1,048,576; 1 to 67,108,864.</summary>
    public int MaxStdoutBytes { get; set; } = 1024 * 1024;

    /// <summary>The most bytes kept of standard error; more stops the program. Default 1,048,576; 1 to 67,108,864.</summary>
    public int MaxStderrBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// Names of modules of the standard library that code may import, submodules included: <c>math</c>, <c>json</c>.
    /// Default none. Loaded before the process is locked, with their own imports; third-party packages are not found.
    /// </summary>
    /// <remarks>
    /// Comfort, not a boundary: code can reach what the modules reach, and the kernel refuses what it then tries. A module is
    /// imported with the rights the host has, so allow only those whose import does nothing but define things.
    /// </remarks>
    public IList<string> AllowedModules { get; } = [];

    /// <summary>
    /// The least isolation a run may have; below it nothing runs and the result is <see cref="PythonOutcome.Unavailable"/>.
    /// Default <see cref="IsolationLevel.Kernel"/>. Every layer the machine has is applied whatever is asked for here.
    /// </summary>
    public IsolationLevel MinimumIsolation { get; set; } = IsolationLevel.Kernel;

    /// <summary>
    /// Must be true for <see cref="MinimumIsolation"/> to be <see cref="IsolationLevel.None"/>. Code then may do whatever
    /// the host process may do, and every result says so. Default false.
    /// </summary>
    public bool AllowUnsandboxedExecution { get; set; }

    /// <summary>
    /// How many interpreters wait, started, loaded with all of <see cref="AllowedModules"/> and locked, for code to come.
    /// Default 2; 0 to 256. Zero: each run starts its own. Each waiting one takes two processes and some 6 MB.
    /// </summary>
    /// <remarks>
    /// Filled by the first run, or by <see cref="PythonRunner.WarmUpAsync"/>. A run that finds none waiting, or wants a
    /// submodule that is not loaded, starts its own.
    /// </remarks>
    public int PoolSize { get; set; } = 2;

    /// <summary>How long an interpreter waits before another takes its place. Default 10 minutes; more than zero, at most a day.</summary>
    public TimeSpan PoolMaxAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many runs go on at once; the others wait. Default: two for each processor, since runs also wait for the kernel; 1 to 1,024.</summary>
    public int MaxConcurrentRuns { get; set; } = Math.Clamp(2 * Environment.ProcessorCount, 2, 1024);

    /// <summary>
    /// How many runs may wait, each with its code in memory. Default 128; 0 to 100,000. One more is refused, with
    /// <see cref="PythonResult.RetryAfter"/>.
    /// </summary>
    public int MaxQueuedRuns { get; set; } = 128;

    /// <summary>
    /// The directory of a cgroup v2 that the host owns, with no process in it: <c>/sys/fs/cgroup/…</c>. Each run is moved
    /// into a group of its own below it before it has the code, with <c>memory.max</c> (the memory limit and 32 megabytes for the
    /// supervisor), <c>pids.max</c> 2 and <c>cpu.max</c> of one processor; the group is removed after. Null: no groups, the default.
    /// </summary>
    /// <remarks>Where that cannot be done nothing runs: the result is <see cref="PythonOutcome.Unavailable"/> and says why.</remarks>
    public string? CgroupParent { get; set; }

    /// <summary>What the groups limit; null for all. Tests of machines without the controllers take none.</summary>
    internal IReadOnlyList<ControlGroupLimit>? CgroupLimits { get; set; }

    /// <summary>Layers that tests leave out, to see what each of them holds.</summary>
    internal IList<string> DisabledLayers { get; } = [];
}
