namespace PolicyLayer.Schemas.Regexes;

/// <summary>Searches texts: state by state as long as there is room for states, else position by position. Used by many searches at once.</summary>
/// <param name="program">What to look for.</param>
/// <param name="room">How much the states may hold, in references.</param>
/// <param name="patience">How many characters to go position by position before another try with new states: many, since states that one text made are of no use to all the others, but making new ones costs more than it saves where every character leads to another.</param>
internal sealed class RegexMatcher(RegexProgram program, int room = RegexMatcher.DefaultRoom, int patience = RegexMatcher.DefaultPatience)
{
    /// <summary>About a megabyte.</summary>
    private const int DefaultRoom = 128 * 1024;

    private const int LeastRoom = 2048;

    private const int RoomForPosition = 128;

    private const int DefaultPatience = 64 * 1024;

    /// <summary>After so many characters it is looked whether more can be passed over.</summary>
    private const int StepsALook = 16;

    /// <summary>As long as a look gains less than was gone before it, the next comes after twice as many, up to so many: some texts are made up so that looking takes longest.</summary>
    private const int MostStepsALook = 128;

    /// <summary>After so many that changed nothing, it is found out which do: that takes a step for each of ASCII, or what every match begins with.</summary>
    private const int StaysToFindOut = 128;

    private readonly RegexScratchPool _pool = new(program);
    private RegexAutomaton _automaton = new(program, room);

    /// <summary>A share that suits a pattern's size, for patterns of which somebody brings thousands: together they then stay within a multiple of their sizes.</summary>
    public static int RoomFor(RegexProgram program) => Math.Min(DefaultRoom, LeastRoom + (RoomForPosition * program.Instructions.Length));

    public RegexOutcome Search(ReadOnlySpan<char> text)
    {
        RegexScratch? scratch = null;
        RegexAutomaton automaton = Volatile.Read(ref _automaton);
        RegexState? state = automaton.Start;
        RegexOutcome outcome = RegexOutcome.Undecided;
        for (int position = 0; outcome == RegexOutcome.Undecided;)
        {
            if (state is null)
            {
                outcome = Simulate(text, ref position, scratch!, ref automaton);
                state = outcome == RegexOutcome.Undecided ? automaton.StateOf(scratch!) : null;
                continue;
            }

            state = Follow(state, text, ref position, automaton, ref scratch);
            int after = position;
            int characters = program.Alphabet.Read(text, ref after);
            RegexState? next = state[characters];
            if (next is null)
            {
                scratch ??= _pool.Rent();
                next = automaton.Extend(state, characters, scratch);
            }

            // Without room, the scratch has gone over the character all the same.
            state = next;
            position = after;
            outcome = next?.Verdict ?? RegexOutcome.Undecided;
        }

        if (scratch is not null)
        {
            _pool.Return(scratch);
        }

        return outcome;
    }

    /// <summary>Goes over characters of ASCII as long as it is known where they lead, and the rest decides.</summary>
    private RegexState Follow(RegexState state, ReadOnlySpan<char> text, ref int position, RegexAutomaton automaton, ref RegexScratch? scratch)
    {
        ReadOnlySpan<char> rest = text[position..];
        int looked = StepsALook;
        while (true)
        {
            RegexState before = state;
            int steps = Walk(ref state, rest[..Math.Min(looked, rest.Length)]);
            rest = rest[steps..];
            if (steps < looked)
            {
                position = text.Length - rest.Length;
                return state;
            }

            if (state.Skip is { } skip)
            {
                int skipped = skip.Count(rest);
                rest = rest[skipped..];
                looked = skipped < looked ? Math.Min(looked * 2, MostStepsALook) : StepsALook;
            }
            else if ((ReferenceEquals(state, before) || automaton.IsIdle(state)) && state.CountStays(steps) >= StaysToFindOut)
            {
                automaton.FindSkip(state, scratch ??= _pool.Rent());
            }
        }
    }

    /// <summary>Goes over the first few characters; answers how many.</summary>
    private int Walk(ref RegexState state, ReadOnlySpan<char> text)
    {
        ReadOnlySpan<int> classes = program.Alphabet.AsciiClasses;
        RegexState here = state;
        int steps = 0;
        foreach (char c in text)
        {
            if (c >= classes.Length || here[classes[c]] is not { Verdict: RegexOutcome.Undecided } next)
            {
                break;
            }

            here = next;
            steps++;
        }

        state = here;
        return steps;
    }

    private RegexOutcome Simulate(ReadOnlySpan<char> text, ref int position, RegexScratch scratch, ref RegexAutomaton automaton)
    {
        RegexOutcome outcome = RegexOutcome.Undecided;
        int steps = 0;
        while (steps < patience && outcome == RegexOutcome.Undecided)
        {
            outcome = scratch.Step(program.Alphabet.Read(text, ref position));
            steps++;
        }

        if (automaton.CountMissed(steps) >= patience)
        {
            automaton = Renewed(automaton);
        }

        return outcome;
    }

    /// <summary>Another automaton in place of a full one, unless another search was quicker.</summary>
    private RegexAutomaton Renewed(RegexAutomaton full)
    {
        var renewed = new RegexAutomaton(program, room);
        RegexAutomaton present = Interlocked.CompareExchange(ref _automaton, renewed, full);
        return ReferenceEquals(present, full) ? renewed : present;
    }
}
