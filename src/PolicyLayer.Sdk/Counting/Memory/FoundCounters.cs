using System.Runtime.CompilerServices;

namespace PolicyLayer.Sdk.Counting.Memory;

/// <summary>Room for the counters of one call on the stack: most calls have a limit or two.</summary>
[InlineArray(Most)]
internal struct FoundCounters
{
    public const int Most = 4;

    private FoundCounter _first;
}
