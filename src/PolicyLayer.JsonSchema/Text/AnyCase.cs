using System.Text;

namespace PolicyLayer.Schemas.Text;

/// <summary>
/// Names as the loosest binders compare them: by Unicode's simple case folding, where the long s is an <c>s</c> and the Kelvin sign a <c>k</c>
/// (<c>encoding/json</c> of Go does so). <see cref="StringComparer.OrdinalIgnoreCase"/> tells these apart.
/// </summary>
internal sealed class AnyCase : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<char>, string>
{
    private const int LongS = 0x17F;
    private const int DottedI = 0x130;
    private const int DotlessI = 0x131;

    private AnyCase()
    {
    }

    /// <summary>The only one.</summary>
    public static AnyCase Comparer { get; } = new();

    public bool Equals(string? x, string? y) => x is null || y is null ? ReferenceEquals(x, y) : Equals(x.AsSpan(), y);

    public bool Equals(ReadOnlySpan<char> alternate, string other)
    {
        SpanRuneEnumerator theirs = other.AsSpan().EnumerateRunes();
        foreach (Rune rune in alternate.EnumerateRunes())
        {
            if (!theirs.MoveNext() || Fold(rune) != Fold(theirs.Current))
            {
                return false;
            }
        }

        return !theirs.MoveNext();
    }

    public int GetHashCode(string obj) => GetHashCode(obj.AsSpan());

    public int GetHashCode(ReadOnlySpan<char> alternate)
    {
        var hash = new HashCode();
        foreach (Rune rune in alternate.EnumerateRunes())
        {
            hash.Add(Fold(rune));
        }

        return hash.ToHashCode();
    }

    public string Create(ReadOnlySpan<char> alternate) => alternate.ToString();

    // Up and down again: some letters have one form in capitals and two in small ones, others the reverse.
    private static int Fold(Rune rune) => rune.Value switch
    {
        LongS => 's',
        DottedI or DotlessI => rune.Value,
        _ => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).Value,
    };
}
