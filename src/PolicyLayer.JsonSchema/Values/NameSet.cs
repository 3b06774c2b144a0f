using System.Runtime.CompilerServices;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Values;

/// <summary>A set of name indices, a bit for each: which of the names of a schema an object has. It lies on the stack, and begins empty.</summary>
[InlineArray(JsonSchemaOptions.MaxRequiredNames / BitsOfWord)]
internal struct NameSet
{
    private const int BitsOfWord = 64;

    private ulong _word;

    /// <summary>The names of a table that an object has.</summary>
    public static NameSet PresentIn(scoped in Instance instance, NameTable names)
    {
        var present = default(NameSet);
        foreach (Member member in instance.Members)
        {
            int index = names.Find(member.Name);
            if (index >= 0)
            {
                present.Add(index);
            }
        }

        return present;
    }

    /// <returns>False when it was there already.</returns>
    public bool Add(int index)
    {
        ref ulong word = ref this[index / BitsOfWord];
        ulong bit = 1UL << (index % BitsOfWord);
        bool isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }

    public readonly bool Contains(int index) => (this[index / BitsOfWord] & (1UL << (index % BitsOfWord))) != 0;
}
