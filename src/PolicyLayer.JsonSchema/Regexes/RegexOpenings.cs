using System.Buffers;

namespace PolicyLayer.Schemas.Regexes;

/// <summary>
/// What every match begins with, as far as it is of ASCII. Where no match is under way, a search goes on one character before the next opening: that character tells what
/// stands before the match. Whatever the search believes of the characters passed over, no match begins with them, and none is under way.
/// </summary>
internal sealed class RegexOpenings : RegexSkip
{
    private const int Ascii = 0x80;

    /// <summary>More are found no quicker than the search goes.</summary>
    private const int MostTexts = 64;

    /// <summary>So many positions of the pattern are looked at for each further character, so that it takes no longer than some searches.</summary>
    private const int MostPositions = 1_000;

    /// <summary>More single characters stand too near to each other in most texts.</summary>
    private const int MostCharacters = 16;

    private const int Longest = 4;

    /// <summary>It is looked so far ahead at first, and then twice as far each time: so nobody looks much farther than he gets, and all searches together look at each character a few times.</summary>
    private const int FirstWindow = 64;

    private static readonly SearchValues<char> AllOfAscii = SearchValues.Create([.. Enumerable.Range(0, Ascii).Select(static c => (char)c)]);

    private readonly int _length;
    private readonly SearchValues<char>? _characters;
    private readonly SearchValues<string>? _texts;

    private RegexOpenings(int length, ICollection<string> texts, bool anyCase)
    {
        _length = length;
        if (length == 1)
        {
            _characters = SearchValues.Create(string.Concat(texts) + (anyCase ? string.Concat(texts).ToUpperInvariant() : string.Empty));
        }
        else
        {
            _texts = SearchValues.Create([.. texts], anyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        }
    }

    /// <summary>The openings of a pattern; null where there are none, or too many.</summary>
    public static RegexOpenings? Of(RegexProgram program)
    {
        var texts = new Dictionary<string, HashSet<int>> { [string.Empty] = [program.Start] };

        // In both cases they would be too many, and capitals that open no match are only looked at in vain.
        bool anyCase = Longer(program, texts, anyCase: false) is { } first && first.Keys.Any(text => char.IsAsciiLetterLower(text[0]) && first.ContainsKey(text.ToUpperInvariant()));
        int length = 0;
        while (length < Longest && Longer(program, texts, anyCase) is { } longer)
        {
            texts = longer;
            length++;
        }

        return length == 0 || (length == 1 && texts.Count > MostCharacters) ? null : new RegexOpenings(length, texts.Keys, anyCase);
    }

    public override int Count(ReadOnlySpan<char> text)
    {
        int passed = 0;
        for (int size = FirstWindow; ; size *= 2)
        {
            ReadOnlySpan<char> window = text.Slice(passed, Math.Min(size, text.Length - passed));
            int end = window.IndexOfAnyExcept(AllOfAscii);
            window = end < 0 ? window : window[..end];
            int found = _texts is null ? window.IndexOfAny(_characters!) : window.IndexOfAny(_texts);
            if (found >= 0)
            {
                return Math.Max(0, passed + found - 1);
            }

            // An opening may begin in what is left, and go on behind it.
            passed += Math.Max(0, window.Length - _length);
            if (window.Length < size)
            {
                return passed;
            }
        }
    }

    /// <summary>The openings that are longer by one character, and where each leads; null where a match may have ended, or they become too many.</summary>
    private static Dictionary<string, HashSet<int>>? Longer(RegexProgram program, Dictionary<string, HashSet<int>> texts, bool anyCase)
    {
        var longer = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
        var reached = new SparseSet(program.Instructions.Length);
        int looked = 0;
        foreach ((string text, HashSet<int> positions) in texts)
        {
            reached.Clear();
            foreach (int position in positions)
            {
                reached.Add(position);
            }

            for (int i = 0; i < reached.Count; i++)
            {
                RegexInstruction instruction = program.Instructions[reached[i]];
                switch (instruction.Kind)
                {
                    case RegexInstructionKind.Characters:
                        AddLonger(program, text, instruction, anyCase, longer);
                        break;
                    case RegexInstructionKind.Split:
                        reached.Add(instruction.Next);
                        reached.Add(instruction.Operand);
                        break;
                    case RegexInstructionKind.Assertion:
                        // Whether it holds is for the search to see.
                        reached.Add(instruction.Next);
                        break;
                    default:
                        return null;
                }

                if (longer.Count > MostTexts || ++looked > MostPositions)
                {
                    return null;
                }
            }
        }

        return longer;
    }

    private static void AddLonger(RegexProgram program, string text, RegexInstruction instruction, bool anyCase, Dictionary<string, HashSet<int>> longer)
    {
        for (char c = '\0'; c < Ascii && longer.Count <= MostTexts; c++)
        {
            if (!program.Alphabet.Holds(instruction.Operand, program.Alphabet.AsciiClasses[c]))
            {
                continue;
            }

            string one = text + (anyCase ? char.ToLowerInvariant(c) : c);
            if (!longer.TryGetValue(one, out HashSet<int>? positions))
            {
                longer.Add(one, positions = []);
            }

            positions.Add(instruction.Next);
        }
    }
}
