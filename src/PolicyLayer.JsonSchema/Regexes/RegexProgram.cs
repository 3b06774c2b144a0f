namespace PolicyLayer.Schemas.Regexes;

/// <summary>A pattern with all repetitions written out, as positions that lead to others. Never changes.</summary>
internal sealed class RegexProgram
{
    /// <summary>Up to so many positions: what one character of text can cost at most.</summary>
    public const int MaxSize = 5000;

    private readonly RegexInstruction[] _instructions;

    private RegexProgram(RegexInstruction[] instructions, int start, List<CodePointSet> sets)
    {
        _instructions = instructions;
        Start = start;
        bool words = Uses(RegexAssertion.WordBoundary) || Uses(RegexAssertion.NoWordBoundary);
        bool lineStarts = Uses(RegexAssertion.LineStart);
        Alphabet = new RegexAlphabet(sets, words, lineStarts || Uses(RegexAssertion.LineEnd));
        AtTextStart = lineStarts || Uses(RegexAssertion.TextStart) ? RegexEdge.Outside : RegexEdge.Other;
        IsAnchored = AllAsk(RegexAssertion.TextStart, [start], mayTake: false);
    }

    public ReadOnlySpan<RegexInstruction> Instructions => _instructions;

    public int Start { get; }

    public RegexAlphabet Alphabet { get; }

    /// <summary>What stands before the text, as far as this program can tell: fewer differences mean fewer states.</summary>
    public RegexEdge AtTextStart { get; }

    /// <summary>Whether a match can begin at the start of a text alone, so that most searches end early.</summary>
    public bool IsAnchored { get; }

    /// <summary>How many positions the program of a tree has.</summary>
    public static int SizeOf(RegexNode node) => checked((int)node.Size + 1);

    public static RegexProgram Of(RegexNode node)
    {
        var writer = new Writer(SizeOf(node));
        int start = writer.Write(node, writer.Add(RegexInstructionKind.Match, 0, 0));
        return new RegexProgram([.. writer.Instructions], start, writer.Sets);
    }

    private bool Uses(RegexAssertion assertion) => Array.Exists(_instructions, instruction =>
        instruction.Kind == RegexInstructionKind.Assertion && instruction.Operand == (int)assertion);

    /// <summary>Whether a match can end at the end of a text alone.</summary>
    public bool IsAnchoredAtEnd() => AllAsk(
        RegexAssertion.TextEnd,
        [Start, .. _instructions.Where(static instruction => instruction.Kind == RegexInstructionKind.Characters).Select(static instruction => instruction.Next)],
        mayTake: true);

    /// <summary>Whether every way from some positions asks for something before it comes to a match, or to a character that it takes; the latter only where it may not.</summary>
    private bool AllAsk(RegexAssertion asked, IEnumerable<int> from, bool mayTake)
    {
        var reached = new SparseSet(_instructions.Length);
        foreach (int position in from)
        {
            reached.Add(position);
        }

        for (int i = 0; i < reached.Count; i++)
        {
            RegexInstruction instruction = _instructions[reached[i]];
            switch (instruction.Kind)
            {
                case RegexInstructionKind.Split:
                    reached.Add(instruction.Next);
                    reached.Add(instruction.Operand);
                    break;
                case RegexInstructionKind.Assertion when instruction.Operand == (int)asked:
                    break;
                case RegexInstructionKind.Assertion:
                    reached.Add(instruction.Next);
                    break;
                case RegexInstructionKind.Characters when mayTake:
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>Writes from the end to the start, so that every position knows the one behind it.</summary>
    private sealed class Writer(int size)
    {
        private readonly Dictionary<CodePointSet, int> _numbers = [];

        public List<RegexInstruction> Instructions { get; } = new(size);

        public List<CodePointSet> Sets { get; } = [];

        public int Add(RegexInstructionKind kind, int next, int operand)
        {
            Instructions.Add(new RegexInstruction(kind, next, operand));
            return Instructions.Count - 1;
        }

        /// <summary>Writes a part that goes on at a position; answers where it begins.</summary>
        public int Write(RegexNode node, int next)
        {
            switch (node)
            {
                case RegexNode.Characters characters:
                    return Add(RegexInstructionKind.Characters, next, NumberOf(characters.Set));
                case RegexNode.Assertion assertion:
                    return Add(RegexInstructionKind.Assertion, next, (int)assertion.Kind);
                case RegexNode.Sequence sequence:
                    for (int i = sequence.Parts.Length - 1; i >= 0; i--)
                    {
                        next = Write(sequence.Parts[i], next);
                    }

                    return next;
                case RegexNode.Choice choice:
                    int first = Write(choice.Branches[0], next);
                    foreach (RegexNode branch in choice.Branches.AsSpan(1))
                    {
                        first = Add(RegexInstructionKind.Split, first, Write(branch, next));
                    }

                    return first;
                case RegexNode.Repetition repetition:
                    return Write(repetition, next);
                default:
                    return next;
            }
        }

        private int Write(RegexNode.Repetition repetition, int next)
        {
            int first = next;
            int copies = repetition.Least;
            if (repetition.Most is { } most)
            {
                for (int i = repetition.Least; i < most; i++)
                {
                    first = Add(RegexInstructionKind.Split, Write(repetition.Inner, first), next);
                }
            }
            else
            {
                int loop = Add(RegexInstructionKind.Split, 0, next);
                int inner = Write(repetition.Inner, loop);
                Instructions[loop] = Instructions[loop] with { Next = inner };
                first = copies == 0 ? loop : inner;
                copies = Math.Max(0, copies - 1);
            }

            for (int i = 0; i < copies; i++)
            {
                first = Write(repetition.Inner, first);
            }

            return first;
        }

        private int NumberOf(CodePointSet set)
        {
            if (!_numbers.TryGetValue(set, out int number))
            {
                _numbers[set] = number = Sets.Count;
                Sets.Add(set);
            }

            return number;
        }
    }
}
