namespace PolicyLayer.Schemas.Regexes;

/// <summary>What one search works with: the positions it has reached, and the sets to find the next ones.</summary>
internal sealed class RegexScratch(RegexProgram program)
{
    private readonly SparseSet _seen = new(program.Instructions.Length);
    private readonly int[] _key = new int[program.Instructions.Length + 1];
    private SparseSet _reached = new(program.Instructions.Length);
    private SparseSet _next = new(program.Instructions.Length);
    private RegexEdge _before;

    /// <summary>The positions reached, in order, and what stands before them: equal for equal places.</summary>
    public ReadOnlySpan<int> Key()
    {
        Span<int> key = _key.AsSpan(0, _reached.Count + 1);
        _reached.Members.CopyTo(key);
        key[..^1].Sort();
        key[^1] = (int)_before;
        return key;
    }

    /// <summary>Goes to where a <see cref="Key"/> was taken.</summary>
    public void Load(ReadOnlySpan<int> key)
    {
        _reached.Clear();
        foreach (int position in key[..^1])
        {
            _reached.Add(position);
        }

        _before = (RegexEdge)key[^1];
    }

    /// <summary>Goes over the next character, or the end; a match up to here is found now, since only now both sides are known. Takes no more than one look at each position of the program.</summary>
    /// <param name="characters">The class of the character.</param>
    /// <returns>Undecided if the rest of the text decides.</returns>
    public RegexOutcome Step(int characters)
    {
        ReadOnlySpan<RegexInstruction> instructions = program.Instructions;
        ReadOnlySpan<ulong> sets = program.Alphabet.SetsWith(characters);
        RegexEdge after = program.Alphabet.EdgeOf(characters);
        bool atEnd = characters == program.Alphabet.End;
        SparseSet seen = _seen;
        SparseSet next = _next;
        seen.Clear();
        next.Clear();
        foreach (int position in _reached.Members)
        {
            seen.Add(position);
        }

        for (int i = 0; i < seen.Count; i++)
        {
            ref readonly RegexInstruction instruction = ref instructions[seen[i]];
            switch (instruction.Kind)
            {
                case RegexInstructionKind.Characters:
                    if (!atEnd && (sets[instruction.Operand >> 6] >> instruction.Operand & 1) != 0)
                    {
                        next.Add(instruction.Next);
                    }

                    break;
                case RegexInstructionKind.Split:
                    seen.Add(instruction.Next);
                    seen.Add(instruction.Operand);
                    break;
                case RegexInstructionKind.Assertion:
                    if (RegexEdges.Holds((RegexAssertion)instruction.Operand, _before, after))
                    {
                        seen.Add(instruction.Next);
                    }

                    break;
                default:
                    return RegexOutcome.Match;
            }
        }

        if (!program.IsAnchored)
        {
            next.Add(program.Start);
        }

        (_reached, _next, _before) = (next, _reached, after);
        return atEnd || next.Count == 0 ? RegexOutcome.NoMatch : RegexOutcome.Undecided;
    }
}
