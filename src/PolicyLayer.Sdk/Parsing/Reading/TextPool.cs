using System.Text;

namespace PolicyLayer.Sdk.Parsing.Reading;

/// <summary>Gives equal short texts of one document one string: most names and words stand in it many times.</summary>
internal sealed class TextPool
{
    private const int Slots = 1024;
    private const int LongestPooled = 64;

    private readonly string?[] _slots = new string?[Slots];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestPooled)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var hash = default(HashCode);
        hash.AddBytes(utf8);
        ref string? slot = ref _slots[hash.ToHashCode() & (Slots - 1)];
        if (slot is null || !IsSame(slot, utf8))
        {
            slot = Encoding.UTF8.GetString(utf8);
        }

        return slot;
    }

    private static bool IsSame(string text, ReadOnlySpan<byte> utf8)
    {
        Span<char> chars = stackalloc char[LongestPooled];
        int length = Encoding.UTF8.GetChars(utf8, chars);
        return text.AsSpan().SequenceEqual(chars[..length]);
    }
}
