using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Values;

/// <summary>A set of name indices on the stack: which of the names of a schema an object has.</summary>
internal static class NameSet
{
    /// <summary>The length of the span that holds a set of <see cref="JsonSchemaOptions.MaxRequiredNames"/> names.</summary>
    public const int Words = JsonSchemaOptions.MaxRequiredNames / 64;

    /// <summary>Adds the names of a table that an object has.</summary>
    public static void AddPresent(Span<ulong> set, NameTable names, scoped in Instance instance)
    {
        foreach (Member member in instance.Members)
        {
            int index = names.Find(member.Name);
            if (index >= 0)
            {
                Add(set, index);
            }
        }
    }

    /// <returns>False when it was there already.</returns>
    public static bool Add(Span<ulong> set, int index)
    {
        bool isNew = !Contains(set, index);
        set[index / 64] |= 1UL << (index % 64);
        return isNew;
    }

    public static bool Contains(ReadOnlySpan<ulong> set, int index) => (set[index / 64] & (1UL << (index % 64))) != 0;
}
