using System.Runtime.InteropServices;

namespace PolicyLayer.Sdk.Counting;

/// <summary>A moment on the store's two clocks: spans are measured by one that nobody can set, calendar windows need the other.</summary>
/// <param name="Monotonic">The clock that only runs on, in its own ticks.</param>
/// <param name="Utc">The time of day, in ticks of UTC.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CounterTime(long Monotonic, long Utc);
