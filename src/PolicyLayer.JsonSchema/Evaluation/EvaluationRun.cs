using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Regexes;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Evaluation;

/// <summary>The state of one validation, handed down by reference.</summary>
internal struct EvaluationRun(ErrorCollector? errors)
{
    /// <summary>A few seconds at the very worst; usually a step of a search is many of these.</summary>
    private const long MaxSearchSteps = 2 * LinearRegex.MaxWork;

    private long _searchSteps;

    /// <summary>Null when only the verdict is wanted.</summary>
    public ErrorCollector? Errors { get; } = errors;

    /// <summary>Set when something could not be judged. The instance is then not valid, even where a <c>not</c> would have turned the failure round.</summary>
    public bool IsUndecidable { get; private set; }

    /// <summary>Whether a keyword may leave at the first failure, because nobody reads of the others.</summary>
    public readonly bool StopsAtFirst => Errors is not { IsRecording: true };

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

    public readonly void Enter(int index) => Errors?.Enter(new InstanceStep(index));

    public readonly void Enter(scoped in Member member) => Errors?.Enter(new InstanceStep(Quoted.Clean(member.Name), IsName: false));

    public readonly void EnterName(scoped in Member member) => Errors?.Enter(new InstanceStep(Quoted.Clean(member.Name), IsName: true));

    public readonly void Leave() => Errors?.Leave();

    /// <summary>Stops the recording of errors, for a schema whose failure is not one; pair with <see cref="Resume"/>.</summary>
    public readonly void Suspend() => Errors?.Suspend();

    public readonly void Resume() => Errors?.Resume();
}
