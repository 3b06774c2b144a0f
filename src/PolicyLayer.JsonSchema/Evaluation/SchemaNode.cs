using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Keywords;

namespace PolicyLayer.Schemas.Evaluation;

/// <summary>A compiled schema: the keywords that must all hold.</summary>
/// <remarks>Validation recurses from here; how deep is bounded by <see cref="EvaluationRun.MaxDepth"/>.</remarks>
/// <param name="location">Where it stands.</param>
/// <param name="scope">The dynamic anchors of its resource.</param>
internal sealed class SchemaNode(SchemaLocation location, DynamicScope scope)
{
    private Keyword[] _keywords = [];
    private int _steps;
    private bool _growsWithInstance;
    private bool _asksForMarks;
    private uint _assuredKinds;

    public SchemaLocation Location { get; } = location;

    public IReadOnlyList<Keyword> Keywords => _keywords;

    /// <summary>Whether nothing can fail, and nothing is evaluated either.</summary>
    public bool IsTrue => _keywords.Length == 0;

    /// <summary>Whether it is the schema <c>false</c>.</summary>
    public bool IsFalse => _keywords is [FalseSchema or NoOtherMembers];

    /// <summary>Gives the schema its keywords, once: references to it may be older than they are.</summary>
    public SchemaNode Complete(params Keyword[] keywords)
    {
        _keywords = keywords;
        _steps = 1;
        _assuredKinds = uint.MaxValue;
        foreach (Keyword keyword in keywords)
        {
            _steps += keyword.Steps;
            _growsWithInstance |= keyword.GrowsWithInstance;
            _asksForMarks |= keyword.AsksForMarks;
            _assuredKinds &= keyword.AssuredKinds;
        }

        return this;
    }

    public bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        if (_keywords.Length == 0)
        {
            return true;
        }

        if (!run.TryDescend(_growsWithInstance ? _steps + instance.Steps : _steps, Location))
        {
            return false;
        }

        bool isValid = _asksForMarks || run.Enters(scope) ? EvaluateInside(instance, ref run) : EvaluateKeywords(instance, ref run);
        run.Ascend();
        return isValid;
    }

    /// <summary>The same, for a schema that may fail without failing the one around it: what it evaluated counts only if it holds.</summary>
    public bool EvaluateBranch(scoped in Instance instance, ref EvaluationRun run)
    {
        if (!run.Marks.AreKept)
        {
            return Evaluate(instance, ref run);
        }

        run.Charge(Marks.WordsFor(instance.ChildCount));
        MarkFrame outer = run.Marks.OpenSame();
        bool isValid = Evaluate(instance, ref run);
        run.Marks.Close(outer, keep: isValid);
        return isValid;
    }

    /// <summary>The same, for another value than that of the schema around it, or where what it evaluated does not count.</summary>
    public bool EvaluateApart(scoped in Instance instance, ref EvaluationRun run)
    {
        if (!run.Marks.AreKept)
        {
            return Evaluate(instance, ref run);
        }

        MarkFrame outer = run.Marks.Suspend();
        bool isValid = Evaluate(instance, ref run);
        run.Marks.Resume(outer);
        return isValid;
    }

    /// <summary>Judges a member of the value at hand.</summary>
    public bool EvaluateMember(scoped in Member member, ref EvaluationRun run)
    {
        if (IsAssured(member.Value.ValueKind))
        {
            return true;
        }

        run.Enter(member);
        bool isValid = EvaluateApart(new Instance(member.Value), ref run);
        run.Leave();
        return isValid;
    }

    /// <summary>Judges an item of the value at hand.</summary>
    public bool EvaluateItem(JsonElement item, int index, ref EvaluationRun run)
    {
        if (IsAssured(item.ValueKind))
        {
            return true;
        }

        run.Enter(index);
        bool isValid = EvaluateApart(new Instance(item), ref run);
        run.Leave();
        return isValid;
    }

    /// <summary>Whether every value of a kind satisfies it, so that none need be looked at.</summary>
    private bool IsAssured(JsonValueKind kind) => (_assuredKinds & (1u << (int)kind)) != 0;

    private bool EvaluateInside(scoped in Instance instance, ref EvaluationRun run)
    {
        bool enters = run.Enters(scope);
        DynamicFrame scopes = enters ? run.EnterScope(scope) : default;
        bool isValid = _asksForMarks ? EvaluateWithMarks(instance, ref run) : EvaluateKeywords(instance, ref run);
        if (enters)
        {
            run.LeaveScope(scopes);
        }

        return isValid;
    }

    private bool EvaluateWithMarks(scoped in Instance instance, ref EvaluationRun run)
    {
        int children = instance.ChildCount;
        run.Charge(Marks.WordsFor(children));
        MarkFrame outer = run.Marks.Open(children);
        bool isValid = EvaluateKeywords(instance, ref run);
        run.Marks.Close(outer, keep: isValid);
        return isValid;
    }

    private bool EvaluateKeywords(scoped in Instance instance, ref EvaluationRun run)
    {
        bool isValid = true;
        foreach (Keyword keyword in _keywords)
        {
            if (!keyword.Evaluate(instance, ref run))
            {
                if (run.StopsAtFirst)
                {
                    return false;
                }

                isValid = false;
            }
        }

        return isValid;
    }
}
