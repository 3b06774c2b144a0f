namespace PolicyLayer.Sdk.Python.Seccomp;

/// <summary>Writes the BPF program for a list of rules on one architecture.</summary>
internal static class FilterCompiler
{
    // offsets in struct seccomp_data
    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint ArgumentsOffset = 16;
    private const uint X32Bit = 0x40000000;

    public static IReadOnlyList<BpfInstruction> Compile(IReadOnlyList<SystemCallRule> rules, SystemCallTable table)
    {
        var code = new BpfAssembler();
        RefuseForeignCalls(code, table);
        foreach (SystemCallRule rule in rules)
        {
            if (table.Find(rule.Name) is { } number)
            {
                Write(code, rule, (uint)number);
            }
        }

        Answer(code, table.Find("clone3"), SeccompAnswer.NotImplemented);
        foreach (string name in FilterRules.Deadly)
        {
            Answer(code, table.Find(name), SeccompAnswer.KillProcess);
        }

        code.Return(SeccompAnswer.NotPermitted);
        return code.Assemble();
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

    private static void Answer(BpfAssembler code, int? number, uint answer)
    {
        if (number is null)
        {
            return;
        }

        BpfAssembler.Label next = new();
        code.IfEqual((uint)number, otherwise: next);
        code.Return(answer);
        code.Place(next);
    }

    private static void Write(BpfAssembler code, SystemCallRule rule, uint number)
    {
        BpfAssembler.Label next = new();
        BpfAssembler.Label refuse = new();
        code.IfEqual(number, otherwise: next);
        foreach (ArgumentTest test in rule.Tests)
        {
            Write(code, test, refuse);
        }

        code.Return(SeccompAnswer.Allow);
        if (rule.Tests.Length > 0)
        {
            code.Place(refuse);
            code.Return(SeccompAnswer.NotPermitted);
        }

        code.Place(next);
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
