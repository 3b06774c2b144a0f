using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Values;

/// <summary>Whether all items of an array differ.</summary>
/// <remarks>
/// Comparing all pairs would take the square of the array's length. So the items are hashed (once, in time linear in their text) and the hashes sorted; only
/// items with equal hashes are compared. They are equal, which ends the work, unless hashes collide. With a secret seed that hardly happens by chance and cannot be
/// brought about; still, after <see cref="MaxCollisions"/> of them the array counts as undecidable, so that the time is bounded whatever the hash is worth.
/// </remarks>
internal static class DistinctItems
{
    private const int MaxCollisions = 64;
    private const int StackItems = 32;

    public static bool AreDistinct(JsonElement array, ref EvaluationRun run)
    {
        // Everything in it is read, to the last digit.
        run.Charge(JsonMarshal.GetRawUtf8Value(array).Length / Instance.BytesOfStep);
        int length = array.GetArrayLength();
        if (length <= StackItems)
        {
            return AreDistinct(array, stackalloc ulong[StackItems], stackalloc int[StackItems], ref run);
        }

        ulong[] hashes = ArrayPool<ulong>.Shared.Rent(length);
        int[] indices = ArrayPool<int>.Shared.Rent(length);
        try
        {
            return AreDistinct(array, hashes, indices, ref run);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(hashes);
            ArrayPool<int>.Shared.Return(indices);
        }
    }

    private static bool AreDistinct(JsonElement array, Span<ulong> hashes, Span<int> indices, ref EvaluationRun run)
    {
        int length = 0;
        foreach (JsonElement item in array.EnumerateArray())
        {
            hashes[length] = ValueHash.Of(item, 1, ref run);
            indices[length] = length++;
        }

        if (run.Obstacle is not null)
        {
            return false;
        }

        hashes = hashes[..length];
        indices = indices[..length];
        hashes.Sort(indices);
        int collisions = 0;
        for (int i = 1; i < length; i++)
        {
            for (int j = i - 1; j >= 0 && hashes[j] == hashes[i]; j--)
            {
                if (ValueEquality.AreEqual(array[indices[i]], array[indices[j]], ref run))
                {
                    return false;
                }

                if (++collisions > MaxCollisions)
                {
                    return run.Undecidable(Obstacles.Collisions);
                }
            }
        }

        return true;
    }
}
