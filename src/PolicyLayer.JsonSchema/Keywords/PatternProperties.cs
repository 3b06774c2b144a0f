using System.Runtime.CompilerServices;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Regexes;
using PolicyLayer.Schemas.Text;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>patternProperties</c> (2020-12 core, section 10.3.2.2): schemas for the members whose names match. A part of <see cref="MembersKeyword"/>.</summary>
internal sealed class PatternProperties
{
    private readonly SchemaLocation _location;
    private readonly (LinearRegex Regex, SchemaNode Schema)[] _patterns;

    private PatternProperties(SchemaLocation location, List<(LinearRegex, SchemaNode)> patterns)
    {
        _location = location;
        _patterns = [.. patterns];
    }

    /// <param name="value">The keyword's value, if the schema has it.</param>
    /// <param name="written">Receives the patterns as they are written.</param>
    /// <returns>Null when there is no pattern.</returns>
    public static PatternProperties? Read(SchemaValue? value, List<string> written)
    {
        var patterns = new List<(LinearRegex, SchemaNode)>();
        foreach ((string pattern, SchemaValue inner) in value?.ReadMembers("an object of schemas") ?? [])
        {
            SchemaNode schema = inner.ReadSchema();
            written.Add(pattern);
            if (inner.ReadPattern(pattern) is { } regex)
            {
                patterns.Add((regex, schema));
            }
        }

        return patterns.Count == 0 ? null : new PatternProperties(value!.Location, patterns);
    }

    /// <summary>Judges a member by the schemas of all patterns that its name matches.</summary>
    /// <param name="member">The member; <paramref name="run"/> is not in it yet.</param>
    /// <param name="isMatched">Whether there was one, or it could not be decided.</param>
    /// <param name="run">The validation.</param>
    /// <remarks>Compiled well from the start: as it is compiled while it is measured, it takes several times as much of the stack for each level.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Evaluate(scoped in Member member, ref EvaluationRun run, out bool isMatched)
    {
        isMatched = true;
        if (!Utf16Text.TryRead(member.Name, stackalloc char[Utf16Text.StackBuffer], out Utf16Text name))
        {
            return Fail(member, Obstacles.Encoding, ref run);
        }

        isMatched = false;
        bool isValid = true;
        foreach ((LinearRegex regex, SchemaNode schema) in _patterns)
        {
            RegexOutcome outcome = run.Search(regex, name.Span);
            if (outcome == RegexOutcome.NoMatch)
            {
                continue;
            }

            isMatched = true;
            if (!(outcome == RegexOutcome.Match ? schema.EvaluateMember(member, ref run) : Fail(member, Obstacles.Search, ref run)))
            {
                isValid = false;
                if (run.StopsAtFirst)
                {
                    break;
                }
            }
        }

        name.Dispose();
        return isValid;
    }

    private bool Fail(scoped in Member member, string obstacle, ref EvaluationRun run)
    {
        _ = run.Undecidable(obstacle);
        run.Obstacle = null;
        run.EnterName(member);
        run.Errors?.NoteUndecidable(_location, obstacle);
        run.Errors?.Add(_location, obstacle);
        run.Leave();
        return false;
    }
}
