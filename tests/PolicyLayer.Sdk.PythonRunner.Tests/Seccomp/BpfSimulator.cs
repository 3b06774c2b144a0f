using PolicyLayer.Sdk.Python.Seccomp;

namespace PolicyLayer.Sdk.Python.Tests.Seccomp;

/// <summary>Runs a filter as the kernel would, so that every call can be asked about without asking the kernel.</summary>
internal static class BpfSimulator
{
    public static uint Run(IReadOnlyList<BpfInstruction> program, uint architecture, uint number, params ulong[] arguments)
    {
        uint accumulator = 0;
        for (int at = 0; at < program.Count;)
        {
            BpfInstruction line = program[at++];
            switch (line.Code)
            {
                case BpfInstruction.LoadWord:
                    accumulator = Word(line.Operand, architecture, number, arguments);
                    break;
                case BpfInstruction.And:
                    accumulator &= line.Operand;
                    break;
                case BpfInstruction.JumpIfEqual:
                    at += accumulator == line.Operand ? line.IfTrue : line.IfFalse;
                    break;
                case BpfInstruction.JumpIfAtLeast:
                    at += accumulator >= line.Operand ? line.IfTrue : line.IfFalse;
                    break;
                case BpfInstruction.JumpIfAnyBit:
                    at += (accumulator & line.Operand) != 0 ? line.IfTrue : line.IfFalse;
                    break;
                case BpfInstruction.Return:
                    return line.Operand;
                default:
                    throw new InvalidOperationException($"The kernel knows no instruction {line.Code:x}.");
            }
        }

        throw new InvalidOperationException("The program ran past its end.");
    }

    // struct seccomp_data: number, architecture, instruction pointer (8 bytes), six arguments of 8 bytes
    private static uint Word(uint offset, uint architecture, uint number, ulong[] arguments)
    {
        if (offset % 4 != 0 || offset >= 64)
        {
            throw new InvalidOperationException($"The kernel refuses a load at {offset}.");
        }

        int index = (int)(offset - 16) / 8;
        return offset switch
        {
            0 => number,
            4 => architecture,
            8 or 12 => 0x1234,
            _ => index >= arguments.Length ? 0 : (uint)(arguments[index] >> (offset % 8 == 0 ? 0 : 32)),
        };
    }
}
