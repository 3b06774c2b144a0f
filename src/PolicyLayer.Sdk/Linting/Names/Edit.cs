namespace PolicyLayer.Sdk.Linting.Names;

/// <summary>The one difference between two texts.</summary>
/// <param name="Longer">The one with the more characters; of two that are equally long, either.</param>
/// <param name="Shorter">The other.</param>
/// <param name="At">Where the first difference is, in both.</param>
/// <param name="Kind">What turns the longer into the shorter.</param>
internal readonly record struct Edit(string Longer, string Shorter, int At, EditKind Kind)
{
    /// <summary>The difference between two texts, or null when they are the same, or more than one edit apart.</summary>
    public static Edit? Between(string one, string other)
    {
        (string longer, string shorter) = one.Length >= other.Length ? (one, other) : (other, one);
        int at = longer.AsSpan().CommonPrefixLength(shorter);
        ReadOnlySpan<char> a = longer.AsSpan(at);
        ReadOnlySpan<char> b = shorter.AsSpan(at);
        return a.Length == b.Length + 1 && a[1..].SequenceEqual(b) ? new Edit(longer, shorter, at, EditKind.Delete)
            : a.Length != b.Length || a.IsEmpty ? null
            : a[1..].SequenceEqual(b[1..]) ? new Edit(longer, shorter, at, EditKind.Replace)
            : a.Length > 1 && a[0] == b[1] && a[1] == b[0] && a[2..].SequenceEqual(b[2..]) ? new Edit(longer, shorter, at, EditKind.Swap)
            : null;
    }
}

/// <summary>What turns a text into another.</summary>
internal enum EditKind
{
    /// <summary>A character is left out.</summary>
    Delete,

    /// <summary>A character becomes another.</summary>
    Replace,

    /// <summary>Two neighbours change places.</summary>
    Swap,
}
