using System.Collections.Frozen;

namespace PolicyLayer.Sdk.Python.Seccomp;

/// <summary>The numbers of the system calls that the filters and the bootstrap name, on one architecture.</summary>
/// <remarks>From the kernel's headers: <c>asm/unistd_64.h</c> and <c>asm-generic/unistd.h</c>.</remarks>
internal sealed class SystemCallTable
{
    private readonly FrozenDictionary<string, int> _numbers;

    private SystemCallTable(string machine, uint auditArchitecture, bool hasX32, string numbers)
    {
        Machine = machine;
        AuditArchitecture = auditArchitecture;
        HasX32 = hasX32;
        _numbers = Parse(numbers);
    }

    public static SystemCallTable X64 { get; } = new("x86_64", 0xC000003E, true, SystemCallNumbers.X64);

    public static SystemCallTable Arm64 { get; } = new("aarch64", 0xC00000B7, false, SystemCallNumbers.Arm64);

    /// <summary>The machine's name as uname(2) gives it.</summary>
    public string Machine { get; }

    /// <summary>The value of <c>seccomp_data.arch</c> for calls of this architecture.</summary>
    public uint AuditArchitecture { get; }

    /// <summary>Whether numbers from 0x40000000 on are a second way into the same calls.</summary>
    public bool HasX32 { get; }

    public static SystemCallTable? For(string machine) =>
        machine == X64.Machine ? X64 : machine == Arm64.Machine ? Arm64 : null;

    /// <summary>The number, or null where this architecture has no such call.</summary>
    public int? Find(string name) => _numbers.TryGetValue(name, out int number) ? number : null;

    private static FrozenDictionary<string, int> Parse(string numbers) =>
        numbers.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split(':'))
            .ToFrozenDictionary(pair => pair[0], pair => int.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture));
}
