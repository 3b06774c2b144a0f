using PolicyLayer.Schemas.Regexes;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Whether a regular expression can only match the whole text, or what it leaves open.</summary>
internal static class RegexAnchors
{
    /// <summary>What a pattern leaves open, and what to do; null when it is found nowhere but from the beginning of a text to its end. Its program tells, whatever brackets, quotes and alternatives the pattern has.</summary>
    public static string? Problem(string pattern)
    {
        bool isCompiled = LinearRegex.TryCompile(pattern, CaseFolding.None, out RegexProgram? program, out _);
        return (isCompiled && program!.IsAnchored, isCompiled && EndsWithText(program!)) switch
        {
            (true, true) => null,
            (true, false) => "says nothing of what follows; write `$` at its end, or `starts_with` where that is meant",
            (false, true) => "says nothing of what stands before; write `^` at its beginning, or `ends_with` where that is meant",
            _ => "may match anywhere in the text; write `^` and `$` around it, in brackets where it has alternatives",
        };
    }

    /// <summary>Whether no way leads from the start, or from behind a character, to a match without asking for the end of the text.</summary>
    private static bool EndsWithText(RegexProgram program)
    {
        ReadOnlySpan<RegexInstruction> instructions = program.Instructions;
        var reached = new SparseSet(instructions.Length);
        reached.Add(program.Start);
        foreach (RegexInstruction instruction in instructions)
        {
            if (instruction.Kind == RegexInstructionKind.Characters)
            {
                reached.Add(instruction.Next);
            }
        }

        for (int i = 0; i < reached.Count; i++)
        {
            RegexInstruction instruction = instructions[reached[i]];
            switch (instruction.Kind)
            {
                case RegexInstructionKind.Split:
                    reached.Add(instruction.Next);
                    reached.Add(instruction.Operand);
                    break;
                case RegexInstructionKind.Assertion when instruction.Operand != (int)RegexAssertion.TextEnd:
                    reached.Add(instruction.Next);
                    break;
                case RegexInstructionKind.Match:
                    return false;
                default:
                    break;
            }
        }

        return true;
    }
}
