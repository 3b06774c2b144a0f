using System.Runtime.CompilerServices;
using PolicyLayer.Sdk.Arguments;

namespace PolicyLayer.Sdk.Compilation.Paths;

/// <summary>A call as conditions, scopes and amounts see it. One call sees one moment, and the clock is read only where somebody asks.</summary>
internal ref struct CallView
{
    private readonly ref readonly ToolCall _call;
    private readonly ref DateTimeOffset _moment;
    private readonly TimeProvider _clock;
    private MemberIndex _index;

    /// <param name="call">The call, not copied.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="moment">Where the moment is kept; the default until it is asked for.</param>
    /// <param name="room">For an index of the arguments; may be empty.</param>
    public CallView(ref readonly ToolCall call, TimeProvider clock, ref DateTimeOffset moment, Span<IndexedMember> room)
    {
        _call = ref call;
        _clock = clock;
        _moment = ref moment;
        _index.Use(room);
    }

    public readonly ref readonly ToolCall Call => ref _call;

    public readonly DateTimeOffset Time
    {
        get
        {
            if (_moment == default)
            {
                _moment = _clock.GetUtcNow();
            }

            return _moment;
        }
    }

    /// <summary>Says what is wrong with the call, and remembers where its arguments stand; null when nothing is wrong.</summary>
    public string? Check() => WellFormedCall.Problem(_call, ref _index);

    /// <summary>Finds an argument by its exact name; false, and the value is none, when there is none.</summary>
    public readonly bool TryGetArgument(PathSegment name, ref PathValue value)
    {
        return _index.IsEmpty ? TryFindArgument(name, ref value) : name.TryFind(_index, ref value);
    }

    /// <summary>Apart, for what it needs would have to be cleared for every condition.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly bool TryFindArgument(PathSegment name, ref PathValue value)
    {
        ref readonly ToolArguments arguments = ref _call.GivenArguments;
        return arguments.Members is null ? arguments.IsObject && name.TryEnter(arguments.Element, ref value) : arguments.TryGetMember(name.Name, ref value);
    }
}
