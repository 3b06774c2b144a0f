using PolicyLayer.Schemas.Compilation;

namespace PolicyLayer.Schemas.Evaluation;

/// <summary>Gathers the errors of one validation, and knows where in the instance it is.</summary>
internal sealed class ErrorCollector(int maxErrors, bool quotesValues)
{
    /// <summary>How many times names are compared with those that are known, for a hint.</summary>
    private const int MostHints = 64;

    private readonly List<JsonValidationError> _errors = [];
    private JsonValidationError? _undecidable;
    private JsonValidationError? _end;
    private int _suspended;

    /// <summary>How many errors are kept within schemas of which only one has to hold; outside of them there is no such end.</summary>
    private int _cut = int.MaxValue;
    private int _hints;

    public InstancePath Path { get; } = new();

    /// <summary>Whether an error added now would be kept.</summary>
    public bool IsRecording => _suspended == 0 && _errors.Count < Math.Min(maxErrors, _cut);

    /// <summary>Whether errors say what stood there.</summary>
    public bool QuotesValues => quotesValues;

    public int Count => _errors.Count;

    /// <summary>Whether one more error may look for the name that was meant, which takes far longer than all else that it says.</summary>
    public bool TryHint() => _hints++ < MostHints;

    public void Enter(InstanceStep step) => Path.Push(step);

    public void Leave() => Path.Pop();

    public void Suspend() => _suspended++;

    public void Resume() => _suspended--;

    /// <summary>Adds an error about the present place.</summary>
    /// <param name="location">The keyword.</param>
    /// <param name="expectation">What is expected, a verb first: <c>must be …</c>.</param>
    public void Add(SchemaLocation location, string expectation) => Record(location, Path.ToSentence(expectation));

    /// <summary>Adds an error about a member of the present place.</summary>
    public void AddMissing(SchemaLocation location, string member, string expectation) => Record(location, Path.ToSentence(member, expectation));

    /// <summary>Keeps the first obstacle even where errors are not recorded, for an instance that fails by nothing else.</summary>
    public void NoteUndecidable(SchemaLocation location, string obstacle) =>
        _undecidable ??= new JsonValidationError(location, Path.ToPointer(), Path.ToSentence(obstacle));

    /// <summary>Keeps where judging was given up. It comes first: what else is said may only follow from it.</summary>
    public void NoteEnd(SchemaLocation location, string obstacle) =>
        _end ??= new JsonValidationError(location, Path.ToPointer(), Path.ToSentence(obstacle));

    /// <summary>Begins schemas of which only one has to hold: of each nothing is read but the message of its first error, however many of them an instance is judged by. Pair with <see cref="CloseBranches"/>.</summary>
    /// <returns>What was before.</returns>
    public int OpenBranches()
    {
        int outer = _cut;
        _cut = Math.Min(_cut, _errors.Count + 1);
        return outer;
    }

    public void CloseBranches(int outer) => _cut = outer;

    /// <summary>Takes back what was added since <see cref="Count"/> was <paramref name="count"/>.</summary>
    /// <returns>The message of the first error taken back, or null.</returns>
    public string? RollBack(int count)
    {
        string? first = _errors.Count > count ? _errors[count].Message : null;
        _errors.RemoveRange(count, _errors.Count - count);
        return first;
    }

    /// <summary>The errors of an instance that is not valid.</summary>
    public List<JsonValidationError> ToList()
    {
        if (_errors.Count == 0 && _undecidable is not null)
        {
            _errors.Add(_undecidable);
        }

        return _end is null ? _errors : [_end, .. _errors.Take(maxErrors - 1)];
    }

    public static List<JsonValidationError> NoValue() => [new(SchemaLocation.Root, "", "the value is missing: nothing was given")];

    private void Record(SchemaLocation location, string message)
    {
        if (IsRecording)
        {
            _errors.Add(new JsonValidationError(location, _cut < int.MaxValue ? "" : Path.ToPointer(), message));
        }
    }
}
