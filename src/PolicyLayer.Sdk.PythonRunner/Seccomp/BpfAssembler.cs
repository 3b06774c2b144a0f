using System.Buffers.Binary;

namespace PolicyLayer.Sdk.Python.Seccomp;

/// <summary>Assembles BPF with named places to jump to, because jumps counted by hand are wrong sooner or later.</summary>
internal sealed class BpfAssembler
{
    private readonly List<(ushort Code, uint Operand, Label? IfTrue, Label? IfFalse)> _lines = [];

    /// <summary>A place in the program. Jumps go forward only, as the kernel demands.</summary>
    internal sealed class Label
    {
        public int Position { get; set; } = -1;
    }

    public void Load(uint offset) => _lines.Add((BpfInstruction.LoadWord, offset, null, null));

    public void And(uint mask) => _lines.Add((BpfInstruction.And, mask, null, null));

    public void Return(uint answer) => _lines.Add((BpfInstruction.Return, answer, null, null));

    /// <summary>Jumps if the loaded word equals the operand; a label left out means the next line.</summary>
    public void IfEqual(uint operand, Label? then = null, Label? otherwise = null) =>
        _lines.Add((BpfInstruction.JumpIfEqual, operand, then, otherwise));

    /// <summary>Jumps if the loaded word is the operand or more.</summary>
    public void IfAtLeast(uint operand, Label then) => _lines.Add((BpfInstruction.JumpIfAtLeast, operand, then, null));

    /// <summary>Jumps if the loaded word has any bit of the operand; a label left out means the next line.</summary>
    public void IfAnyBit(uint operand, Label? then = null, Label? otherwise = null) =>
        _lines.Add((BpfInstruction.JumpIfAnyBit, operand, then, otherwise));

    /// <summary>Puts the label before the line that comes next.</summary>
    public void Place(Label label) => label.Position = _lines.Count;

    public IReadOnlyList<BpfInstruction> Assemble()
    {
        var program = new BpfInstruction[_lines.Count];
        for (int i = 0; i < program.Length; i++)
        {
            (ushort code, uint operand, Label? then, Label? otherwise) = _lines[i];
            program[i] = new BpfInstruction(code, Distance(i, then), Distance(i, otherwise), operand);
        }

        return program;
    }

    /// <summary>The bytes the kernel takes. Every supported machine is little-endian.</summary>
    public static byte[] Encode(IReadOnlyList<BpfInstruction> program)
    {
        var bytes = new byte[program.Count * 8];
        for (int i = 0; i < program.Count; i++)
        {
            Span<byte> place = bytes.AsSpan(i * 8, 8);
            BinaryPrimitives.WriteUInt16LittleEndian(place, program[i].Code);
            place[2] = program[i].IfTrue;
            place[3] = program[i].IfFalse;
            BinaryPrimitives.WriteUInt32LittleEndian(place[4..], program[i].Operand);
        }

        return bytes;
    }

    private byte Distance(int from, Label? to)
    {
        if (to is null)
        {
            return 0;
        }

        int distance = to.Position - from - 1;
        return to.Position > _lines.Count - 1 || distance is < 0 or > byte.MaxValue
            ? throw new InvalidOperationException($"The jump at line {from} goes nowhere that BPF can reach.")
            : (byte)distance;
    }
}
