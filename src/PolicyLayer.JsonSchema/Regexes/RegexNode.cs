namespace PolicyLayer.Schemas.Regexes;

/// <summary>A pattern as a tree, the same for every dialect. Neither captures nor greed are in it: neither changes whether a text matches.</summary>
/// <remarks>Made by <see cref="RegexNodes"/>, which leaves out what says nothing.</remarks>
internal abstract record RegexNode
{
    /// <summary>How many groups may lie inside each other: it keeps every recursion over a pattern far from the end of the stack.</summary>
    public const int MaxDepth = 100;

    /// <summary>How many instructions it compiles to.</summary>
    public abstract long Size { get; }

    /// <summary>Whether it can match without taking a character.</summary>
    public abstract bool CanBeEmpty { get; }

    /// <summary>Whether it never takes a character.</summary>
    public abstract bool IsZeroWidth { get; }

    /// <summary>Matches, and takes nothing.</summary>
    public sealed record Empty : RegexNode
    {
        public static Empty Instance { get; } = new();

        public override long Size => 0;

        public override bool CanBeEmpty => true;

        public override bool IsZeroWidth => true;
    }

    /// <summary>One character of a set.</summary>
    public sealed record Characters(CodePointSet Set) : RegexNode
    {
        public override long Size => 1;

        public override bool CanBeEmpty => false;

        public override bool IsZeroWidth => false;
    }

    /// <summary>A condition on a place between characters.</summary>
    public sealed record Assertion(RegexAssertion Kind) : RegexNode
    {
        public override long Size => 1;

        public override bool CanBeEmpty => true;

        public override bool IsZeroWidth => true;
    }

    /// <summary>One after the other.</summary>
    public sealed record Sequence(RegexNode[] Parts) : RegexNode
    {
        public override long Size { get; } = Parts.Sum(static part => part.Size);

        public override bool CanBeEmpty { get; } = Array.TrueForAll(Parts, static part => part.CanBeEmpty);

        public override bool IsZeroWidth { get; } = Array.TrueForAll(Parts, static part => part.IsZeroWidth);
    }

    /// <summary>Any of some.</summary>
    public sealed record Choice(RegexNode[] Branches) : RegexNode
    {
        public override long Size { get; } = Branches.Sum(static branch => branch.Size) + Branches.Length - 1;

        public override bool CanBeEmpty { get; } = Array.Exists(Branches, static branch => branch.CanBeEmpty);

        public override bool IsZeroWidth { get; } = Array.TrueForAll(Branches, static branch => branch.IsZeroWidth);
    }

    /// <summary>The same several times; without <c>Most</c>, as often as you like.</summary>
    public sealed record Repetition(RegexNode Inner, int Least, int? Most) : RegexNode
    {
        public override long Size { get; } = Most is { } most
            ? (Inner.Size * Least) + ((Inner.Size + 1) * (most - Least))
            : (Inner.Size * Math.Max(1, Least)) + 1;

        public override bool CanBeEmpty { get; } = Least == 0 || Inner.CanBeEmpty;

        public override bool IsZeroWidth => Inner.IsZeroWidth;
    }
}
