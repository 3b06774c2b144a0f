using System.Buffers;

namespace PolicyLayer.Schemas.Formats;

/// <summary>Digits of ASCII; no other script's are meant by any format.</summary>
internal static class Digits
{
    // .NET's searches for a range box its ends until they are optimized, which allocates.
    private static readonly SearchValues<char> All = SearchValues.Create("0123456789");

    public static bool AreAll(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(All);

    /// <summary>How many there are before the first that is none.</summary>
    public static int CountAtStart(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(All) is >= 0 and int count ? count : text.Length;
}
