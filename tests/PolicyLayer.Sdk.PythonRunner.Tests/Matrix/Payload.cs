namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>Code that tries one thing, and what would show from outside that it got it.</summary>
internal sealed record Payload
{
    public required string Name { get; init; }

    public required string Category { get; init; }

    /// <summary>What it tries, in a sentence.</summary>
    public required string About { get; init; }

    public required Evidence Evidence { get; init; }

    /// <summary>The layers each of which alone holds it; without all of them it succeeds.</summary>
    public required IReadOnlyList<string> HeldBy { get; init; }

    /// <summary>The layers that hold it as well where the interpreter or the kernel is new enough.</summary>
    public IReadOnlyList<LaterHolder> LaterHeldBy { get; init; } = [];

    /// <summary>What is put before it: <c>native</c> (native code: the layers of the language are off), <c>graph</c>, or nothing.</summary>
    public string? Helper { get; init; }

    /// <summary>The modules that the host allows.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>What the machine must be for it to work at all: <c>root</c>, <c>x86_64</c>, <c>python&gt;=3.13</c>.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>What the interpreter is started in, so that a success changes that and not the machine; null for nothing.</summary>
    public string? Enclosure { get; init; }

    /// <summary>It is shown to work in a plain interpreter, because what holds it cannot be switched off.</summary>
    public bool Bare { get; init; }

    /// <summary>Why it cannot be shown to work at all; null for all others.</summary>
    public string? Unprovable { get; init; }

    public required string Code { get; init; }

    public bool IsNative => Helper == "native";

    /// <summary>Whether a layer that holds it is on when these are off; null where that is up to the kernel, or to what else the user of the host runs.</summary>
    /// <param name="off">The layers that are off.</param>
    /// <param name="minor">Which 3.x the interpreter is.</param>
    public bool? IsHeld(IReadOnlyCollection<string> off, int minor) =>
        HeldBy.Any(name => Layer.Structure.Contains(name) || Holds(name, off)) || LaterHeldBy.Any(later => later.FromMinor <= minor && Holds(later.Layer, off)) ? true
        : LaterHeldBy.Any(later => later.FromMinor is null && Holds(later.Layer, off)) || (HeldBy.Contains("process_limit") && Layer.CountsProcessesOfOthers(off)) ? null
        : false;

    /// <summary>Every layer that may hold it with an interpreter.</summary>
    public IEnumerable<Layer> Holders(int minor) =>
        HeldBy.Concat(LaterHeldBy.Where(later => later.FromMinor is null || later.FromMinor <= minor).Select(later => later.Layer)).Select(Layer.Named);

    public override string ToString() => Name;

    private bool Holds(string name, IReadOnlyCollection<string> off) => Layer.Named(name).Holds(IsNative ? [.. off, "audit", "import_gate"] : off);
}

/// <summary>A layer that holds a payload with newer interpreters or kernels alone.</summary>
/// <param name="Layer">Its name.</param>
/// <param name="FromMinor">From which 3.x of the interpreter on; null where it is up to the kernel.</param>
internal sealed record LaterHolder(string Layer, int? FromMinor)
{
    public override string ToString() => FromMinor is { } minor ? FormattableString.Invariant($"{Layer} from 3.{minor} on") : Layer + " with newer kernels";
}

/// <summary>What shows from outside that a payload succeeded.</summary>
internal enum Evidence
{
    /// <summary>Something secret that only this run could have read stands in its output.</summary>
    Token,

    /// <summary>Something in the stage's folder is not as it was.</summary>
    File,

    /// <summary>A socket of the test was reached.</summary>
    Received,

    /// <summary>Another process ended, or the kernel's settings for it changed.</summary>
    Victim,

    /// <summary>More processes or threads than the runner starts were seen.</summary>
    Process,

    /// <summary>A process outlived the run.</summary>
    Outliving,

    /// <summary>More memory than allowed was seen in use.</summary>
    Memory,

    /// <summary>The host believed an exit that was not the worker's.</summary>
    Forged,

    /// <summary>The supervisor is gone.</summary>
    Supervisor,

    /// <summary>Machine code of the payload's own making ran and ended the process with a code of its own.</summary>
    Machine,

    /// <summary>It did not end when its time was over.</summary>
    Unstoppable,

    /// <summary>The host got more output than it allows.</summary>
    Flood,

    /// <summary>The kernel did what was asked instead of refusing: the process says so by its exit code.</summary>
    Answered,
}
