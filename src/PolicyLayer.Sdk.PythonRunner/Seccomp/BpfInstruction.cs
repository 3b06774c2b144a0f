using System.Runtime.InteropServices;

namespace PolicyLayer.Sdk.Python.Seccomp;

/// <summary>One instruction of classic BPF, as the kernel's <c>struct sock_filter</c> lays it out.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BpfInstruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand)
{
    /// <summary>Load the 32-bit word of <c>struct seccomp_data</c> at the operand.</summary>
    public const ushort LoadWord = 0x20;

    /// <summary>Keep only the bits of the operand.</summary>
    public const ushort And = 0x54;

    /// <summary>Compare with the operand.</summary>
    public const ushort JumpIfEqual = 0x15;

    /// <summary>Compare with the operand, without signs.</summary>
    public const ushort JumpIfAtLeast = 0x35;

    /// <summary>Test whether any bit of the operand is set.</summary>
    public const ushort JumpIfAnyBit = 0x45;

    /// <summary>Answer with the operand.</summary>
    public const ushort Return = 0x06;
}
