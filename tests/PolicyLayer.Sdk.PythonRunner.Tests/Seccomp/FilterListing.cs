using System.Globalization;
using System.Text;
using PolicyLayer.Sdk.Python.Seccomp;

namespace PolicyLayer.Sdk.Python.Tests.Seccomp;

/// <summary>The filters of one architecture as a person reads them: line by line, with the calls by name, and what each call is answered.</summary>
internal static class FilterListing
{
    private const int Swept = 500;

    public static string Of(SystemCallTable table)
    {
        IReadOnlyList<BpfInstruction> worker = FilterCompiler.Compile(FilterRules.Worker, table);
        IReadOnlyList<BpfInstruction> supervisor = FilterCompiler.Compile(FilterRules.Supervisor, table);
        var text = new StringBuilder();
        Answers(text, table, worker, supervisor);
        Lines(text, "the filter of the worker", table, worker);
        Lines(text, "the filter of the supervisor", table, supervisor);
        return text.ToString();
    }

    /// <summary>The name of a call by its number, where the tables know one.</summary>
    public static string? Name(SystemCallTable table, int number) =>
        SystemCallTexts.Names(table).FirstOrDefault(name => table.Find(name) == number);

    private static void Answers(StringBuilder text, SystemCallTable table, IReadOnlyList<BpfInstruction> worker, IReadOnlyList<BpfInstruction> supervisor)
    {
        text.Append(CultureInfo.InvariantCulture, $"{table.Machine}: calls 0 to {Swept - 1} that are not refused whatever their arguments\n\n  call  worker        supervisor    name\n");
        for (int number = 0; number < Swept; number++)
        {
            (string ofWorker, string ofSupervisor) = (Answer(table, worker, number), Answer(table, supervisor, number));
            if ((ofWorker, ofSupervisor) != ("refused", "refused"))
            {
                text.Append(CultureInfo.InvariantCulture, $"{number,6}  {ofWorker,-12}  {ofSupervisor,-12}  {Name(table, number)}\n");
            }
        }
    }

    /// <summary>What a call is answered over many arguments: one answer, or that it depends.</summary>
    private static string Answer(SystemCallTable table, IReadOnlyList<BpfInstruction> program, int number)
    {
        uint[] answers = [.. Tried().Select(arguments => BpfSimulator.Run(program, table.AuditArchitecture, (uint)number, arguments)).Distinct()];
        return answers is [var one] ? Word(one) : answers.Order().SequenceEqual([SeccompAnswer.NotPermitted, SeccompAnswer.Allow]) ? "by arguments" : "mixed";
    }

    private static IEnumerable<ulong[]> Tried() =>
        from first in (ulong[])[0, 1, 2, 3, 5, 16, ulong.MaxValue]
        from second in (ulong[])[0, 1, 9, ulong.MaxValue]
        from third in (ulong[])[0, 3, 4, ulong.MaxValue]
        from fourth in (ulong[])[0, 0x22, ulong.MaxValue]
        select (ulong[])[first, second, third, fourth, 0, 0];

    private static void Lines(StringBuilder text, string title, SystemCallTable table, IReadOnlyList<BpfInstruction> program)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{table.Machine}: {title}, {program.Count} lines\n\n");
        bool isNumber = false;
        for (int at = 0; at < program.Count; at++)
        {
            BpfInstruction line = program[at];
            isNumber = line.Code == BpfInstruction.LoadWord ? line.Operand == 0 : isNumber;
            string name = isNumber && line.Code is BpfInstruction.JumpIfEqual or BpfInstruction.JumpIfAtLeast && Name(table, (int)line.Operand) is { } known ? "   ; " + known : "";
            text.Append(CultureInfo.InvariantCulture, $"{at,6}  {Line(line, at)}{name}\n");
        }
    }

    private static string Line(BpfInstruction line, int at) => line.Code switch
    {
        BpfInstruction.LoadWord => "load    " + Place(line.Operand),
        BpfInstruction.And => $"and     0x{line.Operand:x8}",
        BpfInstruction.JumpIfEqual => $"if =    0x{line.Operand:x8}  then {at + 1 + line.IfTrue} else {at + 1 + line.IfFalse}",
        BpfInstruction.JumpIfAtLeast => $"if >=   0x{line.Operand:x8}  then {at + 1 + line.IfTrue} else {at + 1 + line.IfFalse}",
        BpfInstruction.JumpIfAnyBit => $"if any  0x{line.Operand:x8}  then {at + 1 + line.IfTrue} else {at + 1 + line.IfFalse}",
        _ => "answer  " + Word(line.Operand),
    };

    private static string Place(uint offset) => offset switch
    {
        0 => "number",
        4 => "architecture",
        _ => $"argument {(offset - 16) / 8}, {(offset % 8 == 0 ? "low" : "high")} half",
    };

    private static string Word(uint answer) => answer switch
    {
        SeccompAnswer.Allow => "allowed",
        SeccompAnswer.NotPermitted => "refused",
        SeccompAnswer.NotImplemented => "not there",
        SeccompAnswer.KillProcess => "killed",
        _ => $"0x{answer:x8}",
    };
}
