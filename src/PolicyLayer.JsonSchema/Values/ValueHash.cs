using System.Security.Cryptography;
using System.Text.Json;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Values;

/// <summary>Hashes JSON values so that equal ones (2020-12 core, section 4.2.2) have equal hashes.</summary>
/// <remarks>The seed is secret and differs in every process, so that nobody can prepare values that collide.</remarks>
internal static class ValueHash
{
    /// <summary>How deep a value may be: this recursion follows the instance, not the schema, so it needs a bound of its own.</summary>
    public const int MaxDepth = 256;

    private static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    public static ulong Of(JsonElement value, int depth, ref EvaluationRun run)
    {
        if (depth > MaxDepth)
        {
            _ = run.Undecidable(Obstacles.Depth);
            return 0;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => Mix(1, Of(Instance.TextOf(value))),
            JsonValueKind.Number => Mix(2, OfNumber(new Instance(value).Number, ref run)),
            JsonValueKind.Array => OfItems(value, depth, ref run),
            JsonValueKind.Object => OfMembers(value, depth, ref run),
            JsonValueKind kind => Mix(5, (ulong)kind),
        };
    }

    public static ulong Of(scoped JsonText text)
    {
        ulong hash = 0;
        foreach (int codePoint in text)
        {
            hash = Mix(hash, (ulong)codePoint);
        }

        return hash;
    }

    private static ulong OfNumber(ReadOnlySpan<byte> number, ref EvaluationRun run)
    {
        if (!DecimalDigits.TryRead(number, out DecimalDigits digits))
        {
            _ = run.Undecidable(Obstacles.Exponent);
            return 0;
        }

        ulong hash = Mix((ulong)digits.Exponent, digits.IsNegative ? 1u : 0u);
        for (int i = 0; i < digits.Count; i++)
        {
            hash = Mix(hash, (ulong)digits[i]);
        }

        return hash;
    }

    private static ulong OfItems(JsonElement array, int depth, ref EvaluationRun run)
    {
        ulong hash = 3;
        foreach (JsonElement item in array.EnumerateArray())
        {
            hash = Mix(hash, Of(item, depth + 1, ref run));
        }

        return hash;
    }

    private static ulong OfMembers(JsonElement value, int depth, ref EvaluationRun run)
    {
        // A sum, because the order of members means nothing.
        ulong sum = 4;
        foreach (Member member in new Instance(value).Members)
        {
            sum += Mix(Of(member.Name), Of(member.Value, depth + 1, ref run));
        }

        return Mix(4, sum);
    }

    private static ulong Mix(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a ^ Seed, b ^ 0x9E3779B97F4A7C15, out ulong low);
        return (high ^ low) + (b * Seed);
    }
}
