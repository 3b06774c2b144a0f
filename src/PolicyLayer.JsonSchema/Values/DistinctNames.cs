using System.Buffers;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Values;

/// <summary>Counts the different names of an object.</summary>
internal static class DistinctNames
{
    /// <summary>The number of different names; should two hashes collide, one less, which is the stricter side.</summary>
    public static int Count(scoped in Instance instance)
    {
        ulong[] rented = ArrayPool<ulong>.Shared.Rent(instance.MemberCount);
        int length = 0;
        foreach (Member member in instance.Members)
        {
            rented[length++] = ValueHash.Of(member.Name);
        }

        Span<ulong> hashes = rented.AsSpan(0, length);
        hashes.Sort();
        int count = length == 0 ? 0 : 1;
        for (int i = 1; i < length; i++)
        {
            count += hashes[i] == hashes[i - 1] ? 0 : 1;
        }

        ArrayPool<ulong>.Shared.Return(rented);
        return count;
    }
}
