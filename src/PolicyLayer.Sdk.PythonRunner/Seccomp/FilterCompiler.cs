namespace PolicyLayer.Sdk.Python.Seccomp;

/// <summary>Writes the BPF program for a list of rules on one architecture.</summary>
internal static class FilterCompiler
{
    // offsets in struct seccomp_data
    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint ArgumentsOffset = 16;
    private const uint X32Bit = 0x40000000;

    /// <summary>So many numbers are compared one after the other; where there are more, half of them are skipped at once.</summary>
    private const int Run = 6;

    public static IReadOnlyList<BpfInstruction> Compile(IReadOnlyList<SystemCallRule> rules, SystemCallTable table)
    {
        BpfAssembler.Label allow = new(), refuse = new(), absent = new(), kill = new();
        var answers = new SortedDictionary<uint, BpfAssembler.Label>();
        var tested = new List<(BpfAssembler.Label Place, SystemCallRule Rule)>();
        foreach (SystemCallRule rule in rules.Where(rule => table.Find(rule.Name) is not null))
        {
            BpfAssembler.Label answer = rule.Tests.Length == 0 ? allow : new();
            Add(rule.Name, answer);
            if (answer != allow)
            {
                tested.Add((answer, rule));
            }
        }

        Add("clone3", absent);
        foreach (string name in FilterRules.Deadly)
        {
            Add(name, kill);
        }

        var code = new BpfAssembler();
        RefuseForeignCalls(code, table);
        Search(code, [.. answers], refuse);
        foreach ((BpfAssembler.Label place, SystemCallRule rule) in tested)
        {
            Write(code, place, rule, refuse);
        }

        Answer(code, refuse, SeccompAnswer.NotPermitted);
        Answer(code, allow, SeccompAnswer.Allow);
        Answer(code, absent, SeccompAnswer.NotImplemented);
        Answer(code, kill, SeccompAnswer.KillProcess);
        return code.Assemble();

        void Add(string name, BpfAssembler.Label answer)
        {
            if (table.Find(name) is { } number)
            {
                answers.Add((uint)number, answer); // not twice: a call has one answer
            }
        }
    }

    private static void RefuseForeignCalls(BpfAssembler code, SystemCallTable table)
    {
        BpfAssembler.Label native = new();
        code.Load(ArchitectureOffset);
        code.IfEqual(table.AuditArchitecture, then: native);
        code.Return(SeccompAnswer.KillProcess);
        code.Place(native);
        code.Load(NumberOffset);
        if (table.HasX32)
        {
            BpfAssembler.Label ordinary = new();
            code.IfAnyBit(X32Bit, otherwise: ordinary);
            code.Return(SeccompAnswer.KillProcess);
            code.Place(ordinary);
        }
    }

    /// <summary>Finds the number by halves: a filter is run over every number when it is installed, and then at every call.</summary>
    private static void Search(BpfAssembler code, ReadOnlySpan<KeyValuePair<uint, BpfAssembler.Label>> answers, BpfAssembler.Label otherwise)
    {
        if (answers.Length > Run)
        {
            BpfAssembler.Label upper = new();
            int half = answers.Length / 2;
            code.IfAtLeast(answers[half].Key, then: upper);
            Search(code, answers[..half], otherwise);
            code.Place(upper);
            Search(code, answers[half..], otherwise);
            return;
        }

        foreach ((uint number, BpfAssembler.Label answer) in answers[..^1])
        {
            code.IfEqual(number, then: answer);
        }

        code.IfEqual(answers[^1].Key, answers[^1].Value, otherwise);
    }

    private static void Answer(BpfAssembler code, BpfAssembler.Label place, uint answer)
    {
        code.Place(place);
        code.Return(answer);
    }

    private static void Write(BpfAssembler code, BpfAssembler.Label place, SystemCallRule rule, BpfAssembler.Label refuse)
    {
        code.Place(place);
        foreach (ArgumentTest test in rule.Tests)
        {
            Write(code, test, refuse);
        }

        code.Return(SeccompAnswer.Allow);
    }

    private static void Write(BpfAssembler code, ArgumentTest test, BpfAssembler.Label refuse)
    {
        uint low = ArgumentsOffset + (uint)test.Index * 8;
        code.Load(low + 4);
        code.IfEqual(0, otherwise: refuse);
        code.Load(low);
        switch (test.Kind)
        {
            case ArgumentTestKind.OnlyBits:
                code.IfAnyBit(~test.Values[0], then: refuse);
                break;
            case ArgumentTestKind.HasBit:
                code.IfAnyBit(test.Values[0], otherwise: refuse);
                break;
            default:
                OneOf(code, test, refuse);
                break;
        }
    }

    private static void OneOf(BpfAssembler code, ArgumentTest test, BpfAssembler.Label refuse)
    {
        BpfAssembler.Label good = new();
        if (test.IgnoredBits != 0)
        {
            code.And(~test.IgnoredBits);
        }

        foreach (uint value in test.Values[..^1])
        {
            code.IfEqual(value, then: good);
        }

        code.IfEqual(test.Values[^1], otherwise: refuse);
        code.Place(good);
    }
}
