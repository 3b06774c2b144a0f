using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>Asks something of every value that a path with <c>*</c> leads to, so that the call is judged more strictly (policy format, section 3).</summary>
/// <param name="path">Where the values are.</param>
/// <param name="test">What is asked of each.</param>
/// <param name="every">Where truth lets the call pass: each value must satisfy it, and there must be one. Else one that does is enough.</param>
internal sealed class EachCondition(ValuePath path, ValueTest test, bool every) : Condition
{
    public override ConditionOutcome Evaluate(in CallView call)
    {
        ConditionOutcome? outcome = null;
        ValueTest asked = test.ForMany(call);
        if (path.Root == PathRoot.Arguments && path.Segments[0].IsEvery)
        {
            foreach (JsonElement value in call.Call.GivenArguments.Values())
            {
                Follow(new PathValue(value), 1, asked, call, ref outcome);
            }
        }
        else if (path.Root == PathRoot.Arguments)
        {
            PathValue value = default;
            if (call.TryGetArgument(path.Segments[0], ref value))
            {
                Follow(value, 1, asked, call, ref outcome);
            }
        }
        else
        {
            Follow(PathRoots.Resolve(path.Root, call), 0, asked, call, ref outcome);
        }

        return outcome ?? ConditionOutcome.False;
    }

    public override ExplainedCondition Explain(in CallView call, bool showValues) =>
        ExplainedCondition.Leaf($"{path.Text} {test} (of {(every ? "every" : "any")} value)", Evaluate(call));

    private void Follow(PathValue value, int next, ValueTest asked, in CallView call, ref ConditionOutcome? outcome)
    {
        for (int i = next; i < path.Segments.Length; i++)
        {
            PathSegment segment = path.Segments[i];
            if (segment.IsEvery && value.Kind is JsonValueKind.Array or JsonValueKind.Object)
            {
                FollowEach(value, i + 1, asked, call, ref outcome);
                return;
            }

            if (!segment.TryStep(ref value))
            {
                // Behind a `*` it is one of the values, and absent; before it there are none.
                if (HasEveryBefore(i))
                {
                    Fold(asked.Judge(default, call), ref outcome);
                }

                return;
            }
        }

        Fold(asked.Judge(value, call), ref outcome);
    }

    private void FollowEach(in PathValue value, int next, ValueTest asked, in CallView call, ref ConditionOutcome? outcome)
    {
        if (value.Kind == JsonValueKind.Array)
        {
            foreach (JsonElement element in value.Element.EnumerateArray())
            {
                Follow(new PathValue(element), next, asked, call, ref outcome);
            }
        }
        else if (value.Kind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in value.Element.EnumerateObject())
            {
                Follow(new PathValue(member.Value), next, asked, call, ref outcome);
            }
        }
    }

    private bool HasEveryBefore(int segment) => path.Segments.Take(segment).Any(static before => before.IsEvery);

    private void Fold(ConditionOutcome one, ref ConditionOutcome? outcome) =>
        outcome = outcome is not { } before ? one : every ? before.And(one) : before.Or(one);
}
