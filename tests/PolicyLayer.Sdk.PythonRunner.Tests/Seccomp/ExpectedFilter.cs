namespace PolicyLayer.Sdk.Python.Tests.Seccomp;

/// <summary>What the filters must answer, written down by hand and by number: nothing here comes from the code under test.</summary>
internal static class ExpectedFilter
{
    public const uint X64 = 0xC000003E;
    public const uint Arm64 = 0xC00000B7;

    /// <summary>Allowed whatever the arguments: munmap brk mremap close time sleep getrandom getpid gettid yield signals restart exits.</summary>
    public static readonly int[] FreeX64 = [3, 11, 12, 13, 14, 15, 24, 25, 35, 39, 60, 96, 131, 186, 201, 219, 231, 318];

    public static readonly int[] FreeArm64 = [57, 93, 94, 101, 124, 128, 132, 134, 135, 139, 169, 172, 178, 214, 215, 216, 278];

    /// <summary>Ends the process.</summary>
    public static readonly int[] DeadlyX64 =
    [
        101, 103, 134, 135, 153, 154, 155, 156, 159, 161, 163, 164, 165, 166, 167, 168, 169, 170, 171, 172, 173, 174, 175, 176, 177, 178, 179,
        180, 212, 216, 227, 237, 238, 246, 248, 249, 250, 256, 272, 278, 279, 298, 300, 301, 303, 304, 305, 308, 310, 311, 312, 313, 320, 321,
        323, 425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 440, 442, 443, 447, 448, 450, 453, 457, 458, 459, 460, 461, 467,
    ];

    public static readonly int[] DeadlyArm64 =
    [
        18, 39, 40, 41, 42, 51, 58, 60, 75, 89, 92, 97, 104, 105, 106, 112, 116, 117, 142, 161, 162, 170, 171, 217, 218, 219, 224, 225, 234,
        235, 237, 238, 239, 241, 262, 263, 264, 265, 266, 268, 270, 271, 272, 273, 280, 282, 294, 425, 426, 427, 428, 429, 430, 431, 432, 433,
        438, 440, 442, 443, 447, 448, 450, 453, 457, 458, 459, 460, 461, 467,
    ];

    /// <summary>What the supervisor may ask besides: poll, ppoll, wait4.</summary>
    public static readonly int[] SupervisingX64 = [7, 61, 271];

    public static readonly int[] SupervisingArm64 = [73, 260];

    /// <summary>uretprobe and uprobe: newer kernels pass them around every filter. Outside of a probe they do nothing, or end the process that asks.</summary>
    public static readonly int[] UnfilteredX64 = [335, 336];

    public const int Clone3 = 435;

    /// <summary>The calls whose answer depends on their arguments, and for each some that pass and some that must not.</summary>
    public static TheoryData<string, int, int, ulong[], bool> Arguments()
    {
        const ulong High = 1UL << 32;
        var cases = new TheoryData<string, int, int, ulong[], bool>();
        Add("write", 1, 64, [[1], [2]], [[0], [3], [4], [1 | High], [ulong.MaxValue]]);
        Add("read", 0, 63, [[0]], [[1], [2], [3], [High], [ulong.MaxValue]]);
        Add("select", 23, -1, [[0]], [[1], [64], [High]]);
        Add("pselect6", 270, 72, [[0]], [[1], [64], [High]]);
        Add(
            "mmap",
            9,
            222,
            [[0, 4096, 3, 0x22], [0, 4096, 0, 0x4022], [0, 4096, 1, 0x20022], [4096, 1, 3, 0x32]],
            [[0, 4096, 7, 0x22], [0, 4096, 4, 0x22], [0, 4096, 5, 0x22], [0, 4096, 3, 0x02], [0, 4096, 3, 0x01], [0, 4096, 3, 0x21],
             [0, 4096, 3, 0x40022], [0, 4096, 3, 0x2022], [0, 4096, 3 | High, 0x22], [0, 4096, 3, 0x22 | High], [0, 4096, 0x1000003, 0x22]]);
        Add("mprotect", 10, 226, [[0, 1, 0], [0, 1, 1], [0, 1, 3]], [[0, 1, 4], [0, 1, 7], [0, 1, 5], [0, 1, 1 | High], [0, 1, 0x1000000]]);
        Add("madvise", 28, 233, [[0, 1, 4], [0, 1, 8]], [[0, 1, 0], [0, 1, 3], [0, 1, 9], [0, 1, 14], [0, 1, 100], [0, 1, 4 | High]]);
        Add(
            "futex",
            202,
            98,
            [[0, 0x80], [0, 0x81], [0, 0x89], [0, 0x8A], [0, 0x189], [0, 0x18A]],
            [[0, 0], [0, 1], [0, 9], [0, 10], [0, 0x109], [0, 0x10A], [0, 3], [0, 4], [0, 5], [0, 6], [0, 7], [0, 11], [0, 12], [0, 13], [0, 0x83], [0, 0x84], [0, 0x85], [0, 0x8B], [0, 0x8D], [0, 0x200], [0, 0x281], [0, 0x80 | High]]);

        // Clocks of this process and of the machine pass; a negative number is the clock of another process.
        ulong[][] own = [[0], [1], [2], [3], [7], [11]];
        ulong[][] foreign = [[16], [uint.MaxValue], [0xFFFFFFF2], [unchecked((ulong)-14)], [0x80000000], [1 | High], [ulong.MaxValue]];
        Add("clock_gettime", 228, 113, own, foreign);
        Add("clock_getres", 229, 114, own, foreign);
        Add("clock_nanosleep", 230, 115, own, foreign);
        return cases;

        void Add(string name, int x64, int arm64, ulong[][] pass, ulong[][] fail)
        {
            foreach ((ulong[] arguments, bool passes) in pass.Select(a => (a, true)).Concat(fail.Select(a => (a, false))))
            {
                cases.Add(name, x64, arm64, arguments, passes);
            }
        }
    }
}
