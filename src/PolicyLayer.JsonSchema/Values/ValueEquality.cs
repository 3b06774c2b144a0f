using System.Text.Json;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Values;

/// <summary>Equality of two values of instances (2020-12 core, section 4.2.2): numbers by exact value, texts by content, members in any order.</summary>
internal static class ValueEquality
{
    /// <summary>How many pairs of names are compared before giving up: members in another order cost the square of their number.</summary>
    private const int MaxNameComparisons = 1_000_000;

    /// <summary>Compares values whose depth was bounded by <see cref="ValueHash"/>.</summary>
    public static bool AreEqual(JsonElement left, JsonElement right, ref EvaluationRun run)
    {
        int budget = MaxNameComparisons;
        return AreEqual(left, right, ref budget, ref run);
    }

    private static bool AreEqual(JsonElement left, JsonElement right, ref int budget, ref EvaluationRun run) =>
        left.ValueKind == right.ValueKind && left.ValueKind switch
        {
            JsonValueKind.String => Instance.TextOf(left).HasSameText(Instance.TextOf(right)),
            JsonValueKind.Number => ExactNumber.TryCompare(new Instance(left).Number, new Instance(right).Number, out int order)
                ? order == 0
                : run.Undecidable(Obstacles.Exponent),
            JsonValueKind.Array => HaveEqualItems(left, right, ref budget, ref run),
            JsonValueKind.Object => HaveEqualMembers(left, right, ref budget, ref run),
            _ => true,
        };

    private static bool HaveEqualItems(JsonElement left, JsonElement right, ref int budget, ref EvaluationRun run)
    {
        if (left.GetArrayLength() != right.GetArrayLength())
        {
            return false;
        }

        JsonElement.ArrayEnumerator others = right.EnumerateArray();
        foreach (JsonElement item in left.EnumerateArray())
        {
            if (!others.MoveNext() || !AreEqual(item, others.Current, ref budget, ref run))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HaveEqualMembers(JsonElement left, JsonElement right, ref int budget, ref EvaluationRun run)
    {
        if (left.GetPropertyCount() != right.GetPropertyCount())
        {
            return false;
        }

        // The same order is the usual case, so the search goes on where the last one ended.
        Members others = new Instance(right).Members;
        foreach (Member member in new Instance(left).Members)
        {
            if (!HasEqualMember(member, ref others, right, ref budget, ref run))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasEqualMember(scoped in Member member, scoped ref Members others, JsonElement right, ref int budget, ref EvaluationRun run)
    {
        int count = right.GetPropertyCount();
        for (int i = 0; i < count; i++)
        {
            if (--budget < 0)
            {
                return run.Undecidable(Obstacles.Members);
            }

            if (!others.MoveNext())
            {
                others = new Instance(right).Members;
                _ = others.MoveNext();
            }

            Member other = others.Current;
            if (member.Name.HasSameText(other.Name))
            {
                return AreEqual(member.Value, other.Value, ref budget, ref run);
            }
        }

        return false;
    }
}
