using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Keywords;

/// <summary>Makes one error out of those of several schemas of which only one had to hold.</summary>
/// <remarks>Each schema is run once, errors and all, and its errors are taken back: running it again for its errors would double the work at every level.</remarks>
internal struct Alternatives(ErrorCollector? errors)
{
    private const int Shown = 5;
    private const int ShownLength = 200;

    private readonly int _start = errors?.Count ?? 0;
    private readonly int _outer = errors?.OpenBranches() ?? 0;
    private List<string>? _problems;
    private int _count;

    public void TakeBack(bool isValid)
    {
        string? first = errors?.RollBack(_start);
        _count++;
        if (!isValid && first is not null)
        {
            (_problems ??= []).Add(first);
        }
    }

    /// <summary>Ends the schemas: what is reported from here on is the keyword's own.</summary>
    public readonly void Close() => errors?.CloseBranches(_outer);

    /// <param name="location">The keyword.</param>
    /// <param name="wanted">How many schemas should have held, in words.</param>
    public readonly void ReportNone(SchemaLocation location, string wanted)
    {
        if (errors is not { IsRecording: true })
        {
            return;
        }

        string[] problems = [.. (_problems ?? []).Distinct()];
        string more = problems.Length > Shown ? "; or …" : "";
        string list = string.Join("; or ", problems.Take(Shown).Select(problem => Quoted.Shorten(problem, ShownLength)));
        errors.Add(location, $"must match {wanted} of {_count} alternatives: {list}{more}");
    }
}
