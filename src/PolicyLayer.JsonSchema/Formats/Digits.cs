using System.Buffers;

namespace PolicyLayer.Schemas.Formats;

/// <summary>Digits of ASCII; no other script's are meant by any format.</summary>
internal static class Digits
{
    // .NET's searches for a range box its ends until they are optimized, which allocates.
    private static readonly SearchValues<char> All = SearchValues.Create("0123456789");

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789ABCDEFabcdef");

    public static bool AreAll(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(All);

    /// <summary>Whether they are digits to the base of sixteen.</summary>
    public static bool AreHexadecimal(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Hexadecimal);

    /// <summary>How many there are before the first that is none.</summary>
    public static int CountAtStart(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(All) is >= 0 and int count ? count : text.Length;
}
