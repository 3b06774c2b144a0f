namespace PolicyLayer.Sdk;

/// <summary>How large a policy document may be (policy format, section 1). A document beyond a bound is an error, never used in part.</summary>
/// <remarks>Immutable. Reading takes a documented multiple of the document's size in memory, so <see cref="MaxBytes"/> bounds that too.</remarks>
public sealed class PolicyBounds
{
    private const int DeepestDocument = 64;

    /// <summary>32 MiB, 64 levels, 100,000 entries, 1,000 conditions an entry.</summary>
    public static PolicyBounds Default { get; } = new();

    /// <summary>The most bytes of UTF-8. From 1 to 1 GiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public int MaxBytes { get; init => field = OptionBounds.Within(value, 1, 1 << 30); } = 32 << 20;

    /// <summary>How many objects and lists may lie in each other. From 1 to 64: deeper documents cannot be had.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public int MaxDepth { get; init => field = OptionBounds.Within(value, 1, DeepestDocument); } = DeepestDocument;

    /// <summary>The most entries of <c>tools</c>, and of <c>hide</c>. From 1 to 10,000,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public int MaxEntries { get; init => field = OptionBounds.Within(value, 1, 10_000_000); } = 100_000;

    /// <summary>The most conditions of one entry, groups included. From 1 to 100,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public int MaxConditions { get; init => field = OptionBounds.Within(value, 1, 100_000); } = 1000;

    /// <summary>What to say of a document that has too many bytes.</summary>
    internal string TooLarge
    {
        get
        {
            const int mebibyte = 1 << 20;
            string size = MaxBytes % mebibyte == 0 ? FormattableString.Invariant($"{MaxBytes / mebibyte} MiB") : FormattableString.Invariant($"{MaxBytes} bytes");
            return $"the document is larger than {size}; globs such as `list_*` make it smaller";
        }
    }
}
