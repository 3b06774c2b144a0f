using System.Buffers;
using System.Runtime.CompilerServices;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Regexes;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Evaluation;

/// <summary>The state of one validation, handed down by reference.</summary>
/// <param name="errors">Null when only the verdict is wanted.</param>
/// <param name="maxSteps">How much it may cost; see <see cref="JsonSchemaOptions.MaxSteps"/>.</param>
/// <param name="dynamicNames">How many names of dynamic anchors there are.</param>
internal struct EvaluationRun(ErrorCollector? errors, long maxSteps, int dynamicNames)
{
    /// <summary>
    /// How many schemas may be at work inside each other. A schema without references is never deeper (<see cref="JsonSchemaOptions.GreatestMaxDepth"/>);
    /// one that refers to itself follows the depth of the instance, and the stack has to hold that: less than 1 MiB.
    /// </summary>
    public const int MaxDepth = 512;

    private const int LevelsBetweenLooks = 8;

    /// <summary>A few seconds at the very worst; usually a step of a search is many of these.</summary>
    private const long MaxSearchSteps = 2 * LinearRegex.MaxWork;

    private readonly SchemaNode?[]? _bindings = dynamicNames == 0 ? null : ArrayPool<SchemaNode?>.Shared.Rent(dynamicNames);
    private long _steps = maxSteps;
    private int _depth;
    private bool _isOver;
    private DynamicScope? _scope;
    private ulong _bound;
    private long _searchSteps;

    /// <summary>Which children of the present value have been evaluated, where that matters.</summary>
    public Marks Marks;

    /// <summary>Null when only the verdict is wanted.</summary>
    public ErrorCollector? Errors { get; } = errors;

    /// <summary>Set when something could not be judged. The instance is then not valid, even where a <c>not</c> would have turned the failure round.</summary>
    public bool IsUndecidable { get; private set; }

    /// <summary>Whether a keyword may leave at the first failure, because nobody reads of the others.</summary>
    public readonly bool StopsAtFirst => Errors is not { IsRecording: true } || _isOver;

    /// <summary>Why something could not be judged, until the keyword at work has taken it; a verb first: <c>has …</c>.</summary>
    public string? Obstacle { get; set; }

    /// <summary>Notes that a comparison could not be made.</summary>
    /// <returns>False, always: what cannot be judged does not hold.</returns>
    public bool Undecidable(string obstacle)
    {
        IsUndecidable = true;
        Obstacle = obstacle;
        return false;
    }

    /// <summary>Searches a text of the instance; undecided when this or all searches of the validation together take too many steps.</summary>
    public RegexOutcome Search(LinearRegex regex, ReadOnlySpan<char> text)
    {
        _searchSteps += (long)regex.Size * (text.Length + 1);
        return _searchSteps > MaxSearchSteps ? RegexOutcome.Undecided : regex.Search(text);
    }

    /// <summary>Counts work that the instance's size brings and that <see cref="Instance.Steps"/> does not cover.</summary>
    public void Charge(int steps) => _steps -= steps;

    /// <summary>Begins the work of a schema; pair with <see cref="Ascend"/> when it may.</summary>
    /// <returns>False when there is no work left to spend, or no depth: the instance is then not valid.</returns>
    public bool TryDescend(int steps, SchemaLocation schema)
    {
        _steps -= steps;
        if (_steps >= 0 && _depth < MaxDepth && HasStack())
        {
            _depth++;
            return true;
        }

        _isOver = true;
        IsUndecidable = true;
        Errors?.NoteEnd(schema, _steps < 0 ? Obstacles.Work : Obstacles.Nesting);
        return false;
    }

    public void Ascend() => _depth--;

    // For threads with a small stack. A few levels take less than what is kept in reserve, so not every one has to look.
    private readonly bool HasStack() => _depth % LevelsBetweenLooks != LevelsBetweenLooks - 1 || RuntimeHelpers.TryEnsureSufficientExecutionStack();

    /// <summary>Whether a resource is entered here whose dynamic anchors count.</summary>
    public readonly bool Enters(DynamicScope scope) => _bindings is not null && scope != _scope;

    /// <summary>Enters a resource. Names that a resource further out has bound stay as they are (2020-12 core, section 8.2.3.2).</summary>
    public DynamicFrame EnterScope(DynamicScope scope)
    {
        ulong added = scope.Names & ~_bound;
        scope.Bind(_bindings, added);
        var frame = new DynamicFrame(_scope, added);
        _scope = scope;
        _bound |= added;
        return frame;
    }

    public void LeaveScope(DynamicFrame frame)
    {
        _scope = frame.Outer;
        _bound &= ~frame.Added;
    }

    /// <summary>What a dynamic anchor is in the outermost resource that has it; null when none has.</summary>
    public readonly SchemaNode? Binding(int name) => (_bound & (1UL << name)) == 0 ? null : _bindings![name];

    /// <summary>Gives pooled memory back.</summary>
    public void Release()
    {
        Marks.Release();
        if (_bindings is not null)
        {
            ArrayPool<SchemaNode?>.Shared.Return(_bindings, clearArray: true);
        }
    }

    public readonly void Enter(int index) => Errors?.Enter(new InstanceStep(index));

    public readonly void Enter(scoped in Member member) => Errors?.Enter(new InstanceStep(member, isName: false));

    public readonly void EnterName(scoped in Member member) => Errors?.Enter(new InstanceStep(member, isName: true));

    public readonly void Leave() => Errors?.Leave();

    /// <summary>Stops the recording of errors, for a schema whose failure is not one; pair with <see cref="Resume"/>.</summary>
    public readonly void Suspend() => Errors?.Suspend();

    public readonly void Resume() => Errors?.Resume();
}

/// <summary>What was before a resource was entered.</summary>
internal readonly record struct DynamicFrame(DynamicScope? Outer, ulong Added);
