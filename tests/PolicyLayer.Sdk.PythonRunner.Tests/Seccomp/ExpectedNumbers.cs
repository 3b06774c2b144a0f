using System.Runtime.InteropServices;

namespace PolicyLayer.Sdk.Python.Tests.Seccomp;

/// <summary>What the filter of one architecture must answer, for asking a kernel of that architecture.</summary>
/// <param name="Free">Allowed whatever the arguments.</param>
/// <param name="Deadly">Ends the process.</param>
/// <param name="ByArguments">Its answer depends on the arguments.</param>
/// <param name="Unfiltered">Newer kernels pass them around every filter.</param>
/// <param name="Exit">Ends the thread.</param>
/// <param name="ExitGroup">Ends the process.</param>
/// <param name="ReturnOfSignal">Goes on where a signal came, which outside of one is nowhere.</param>
/// <param name="Futex">Waits for a word of memory, and wakes who waits.</param>
internal sealed record ExpectedNumbers(int[] Free, int[] Deadly, int[] ByArguments, int[] Unfiltered, int Exit, int ExitGroup, int ReturnOfSignal, int Futex)
{
    private const int WriteOfX32 = 0x40000001;

    private static ExpectedNumbers X64 { get; } = new(
        ExpectedFilter.FreeX64, [.. ExpectedFilter.DeadlyX64, WriteOfX32], [0, 1, 9, 10, 23, 28, 202, 228, 229, 230, 270], ExpectedFilter.UnfilteredX64, 60, 231, 15, 202);

    private static ExpectedNumbers Arm64 { get; } = new(
        ExpectedFilter.FreeArm64, ExpectedFilter.DeadlyArm64, [63, 64, 72, 98, 113, 114, 115, 222, 226, 233], [], 93, 94, 139, 98);

    /// <summary>Those of this machine.</summary>
    public static ExpectedNumbers Here => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? Arm64 : X64;
}
