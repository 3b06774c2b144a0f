using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary><c>in</c> and <c>not_in</c>. Unknown when no element of the list has the value's type.</summary>
internal sealed class MembershipOperator(Operand[] list, bool wanted, bool ignoreCase) : Operator
{
    /// <summary>Up to so many elements are compared one by one.</summary>
    private const int Few = 16;

    private readonly ScalarIndex? _index = list.Length > Few ? new ScalarIndex(list, ignoreCase) : null;

    /// <summary>The same of a list that came with the call, for one value: each element is looked at once, and nothing is made of it.</summary>
    public static ConditionOutcome Judge(in PathValue value, JsonElement list, bool wanted, bool ignoreCase) =>
        Answer(new Operand(value).FindIn(list, ignoreCase), wanted);

    public override ConditionOutcome Judge(in PathValue value)
    {
        if (_index is not null && value.Kind is JsonValueKind.String or JsonValueKind.Number)
        {
            return Answer(_index.Find(value), wanted);
        }

        if (!ignoreCase && value.IsJsonText && IsWrittenIn(value.Content))
        {
            return Kleene.From(wanted);
        }

        ConditionOutcome? found = null;
        foreach (Operand operand in list)
        {
            if (operand.HasTypeOf(value))
            {
                found = (found ?? ConditionOutcome.False).Or(operand.Compare(value, ignoreCase));
                if (found == ConditionOutcome.True)
                {
                    break;
                }
            }
        }

        return Answer(found, wanted);
    }

    private static ConditionOutcome Answer(ConditionOutcome? listed, bool wanted) =>
        listed is not { } found ? ConditionOutcome.Unknown : wanted ? found : found.Not();

    /// <summary>Whether the list has a text with these bytes between its quotes: most allowed ones are found so.</summary>
    private bool IsWrittenIn(ReadOnlySpan<byte> content)
    {
        foreach (Operand operand in list)
        {
            if (operand.IsWrittenAs(content))
            {
                return true;
            }
        }

        return false;
    }
}
