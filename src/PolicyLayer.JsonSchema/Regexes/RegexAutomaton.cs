using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace PolicyLayer.Schemas.Regexes;

/// <summary>The states that searches have met, up to a bound on their memory: there can be exponentially many. Used by many searches at once.</summary>
internal sealed class RegexAutomaton
{
    private const int StateOverhead = 16;

    private const int RoomForIdle = 32;

    private const int RoomForOpenings = 1024;

    private readonly RegexProgram _program;
    private readonly Dictionary<int[], RegexState> _states = new(new KeyComparer());
    private readonly Dictionary<int[], RegexState>.AlternateLookup<ReadOnlySpan<int>> _lookup;
    private readonly Lock _gate = new();
    private int _room;
    private long _missed;
    private RegexSkip? _openings;

    /// <param name="program">What to look for.</param>
    /// <param name="room">How much the states may hold in all, in references.</param>
    public RegexAutomaton(RegexProgram program, int room)
    {
        _program = program;
        _room = room;
        _lookup = _states.GetAlternateLookup<ReadOnlySpan<int>>();
        Start = new RegexState([program.Start, (int)program.AtTextStart], program.Alphabet.End + 1);
        _states[Start.Key] = Start;
    }

    public RegexState Start { get; }

    /// <summary>Finds out where a class of characters leads. If there is no room for the state, the answer is null.</summary>
    public RegexState? Extend(RegexState state, int characters, RegexScratch scratch)
    {
        scratch.Load(state.Key);
        RegexState? next = scratch.Step(characters) switch
        {
            RegexOutcome.Match => RegexState.Found,
            RegexOutcome.NoMatch => RegexState.Lost,
            _ => StateOf(scratch),
        };
        if (next is not null)
        {
            state[characters] = next;
        }

        return next;
    }

    /// <summary>The state for what a search has reached, or null if there is no room for it.</summary>
    public RegexState? StateOf(RegexScratch scratch)
    {
        ReadOnlySpan<int> key = scratch.Key();
        lock (_gate)
        {
            if (_lookup.TryGetValue(key, out RegexState? state))
            {
                return state;
            }

            int classes = _program.Alphabet.End + 1;
            if (!TryTake((key.Length / 2) + classes + StateOverhead))
            {
                return null;
            }

            state = new RegexState(key.ToArray(), classes);
            _states[state.Key] = state;
            return state;
        }
    }

    /// <summary>Whether no match is under way in a state: one may only begin.</summary>
    public bool IsIdle(RegexState state) => !_program.IsAnchored && state.Key is [int position, _] && position == _program.Start;

    /// <summary>Finds out what can be passed over in a state.</summary>
    public void FindSkip(RegexState state, RegexScratch scratch) => state.Skip = (IsIdle(state) ? FindOpenings() : null) ?? FindIdle(state, scratch);

    /// <summary>What every match begins with; the same for all states in which none is under way.</summary>
    private RegexSkip? FindOpenings()
    {
        RegexSkip? openings = Volatile.Read(ref _openings);
        if (openings is null)
        {
            openings = TryTake(RoomForOpenings) && RegexOpenings.Of(_program) is { } found ? found : RegexSkip.None;

            // Another search may have had the room for them.
            openings = Interlocked.CompareExchange(ref _openings, openings, null) ?? openings;
        }

        return openings == RegexSkip.None ? null : openings;
    }

    /// <summary>Finds out which characters of ASCII lead back to a state. That takes a step for each, and makes no states.</summary>
    private RegexSkip FindIdle(RegexState state, RegexScratch scratch)
    {
        if (!TryTake(RoomForIdle))
        {
            return RegexSkip.None;
        }

        ReadOnlySpan<int> classes = _program.Alphabet.AsciiClasses;
        Span<char> idle = stackalloc char[classes.Length];
        int count = 0;
        for (int c = 0; c < classes.Length; c++)
        {
            if (LeadsBack(state, classes[c], scratch))
            {
                idle[count++] = (char)c;
            }
        }

        return new RegexSkip.Idle(SearchValues.Create(idle[..count]));
    }

    /// <summary>Counts the characters that searches went over without states, for lack of room; answers how many they are by now.</summary>
    public long CountMissed(int characters) => Interlocked.Add(ref _missed, characters);

    private static bool LeadsBack(RegexState state, int characters, RegexScratch scratch)
    {
        if (state[characters] is { } next)
        {
            return ReferenceEquals(next, state);
        }

        scratch.Load(state.Key);
        return scratch.Step(characters) == RegexOutcome.Undecided && scratch.Key().SequenceEqual(state.Key);
    }

    private bool TryTake(int room)
    {
        lock (_gate)
        {
            bool isThere = room <= _room;
            _room -= isThere ? room : 0;
            return isThere;
        }
    }

    private sealed class KeyComparer : IEqualityComparer<int[]>, IAlternateEqualityComparer<ReadOnlySpan<int>, int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<int> alternate, int[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] int[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<int> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(alternate));
            return hash.ToHashCode();
        }

        public int[] Create(ReadOnlySpan<int> alternate) => alternate.ToArray();
    }
}
