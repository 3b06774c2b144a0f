using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace PolicyLayer.Schemas.Tests.Regexes;

/// <summary>A pattern as a tree, how RE2 and ECMA-262 write it, and by definition where a match that begins at a position may end.</summary>
internal abstract record RegexModel
{
    /// <summary>Letters with three cases, a character of two UTF-16 units, a line feed, and marks that mean something in patterns.</summary>
    public static readonly string[] Alphabet = ["a", "b", "K", "k", "\u212A", "é", "É", "😀", "😁", "\n", "-", "]", "5"];

    /// <summary>Short texts: the definition tries every way, so its time grows with the power of the nesting.</summary>
    public static readonly Gen<string> Texts = Gen.Elements(Alphabet).ListOf().Select(static parts => string.Concat(parts.Take(12)));

    public abstract string Pattern { get; }

    public abstract IEnumerable<int> Ends(Rune[] text, int start, bool ignoreCase);

    public bool IsMatch(string text)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        return Enumerable.Range(0, runes.Length + 1).Any(start => Ends(runes, start, false).Any());
    }

    /// <summary>Patterns of RE2.</summary>
    public static Gen<RegexModel> Trees(int size) => Trees(
        size, Gen.OneOf(Leaves, Re2Leaves), static inner => inner.Select(static inner => (RegexModel)new IgnoringCase(inner)));

    /// <summary>Patterns of ECMA-262, which has no flags inside.</summary>
    public static Gen<RegexModel> EcmaTrees(int size) => Trees(size, Gen.OneOf(Leaves, EcmaLeaves), static inner => inner);

    /// <summary>Texts with what only ECMA-262 calls the end of a line, or white space.</summary>
    public static readonly Gen<string> EcmaTexts = Gen.Elements([.. Alphabet, "\r", "\u2028", "\uFEFF", "\u00A0"]).ListOf().Select(static parts => string.Concat(parts.Take(12)));

    private static Gen<RegexModel> Trees(int size, Gen<RegexModel> leaves, Func<Gen<RegexModel>, Gen<RegexModel>> wrapped) => size <= 0
        ? leaves
        : Gen.OneOf(
            leaves,
            Trees(size / 2, leaves, wrapped).Two().Select(static pair => (RegexModel)new Sequence(pair.Item1, pair.Item2)),
            Trees(size / 2, leaves, wrapped).Two().Select(static pair => (RegexModel)new Choice(pair.Item1, pair.Item2)),
            Trees(size - 1, leaves, wrapped).SelectMany(static inner => Gen.Elements((0, 0, "{0}"), (0, -1, "*"), (1, -1, "+?"), (0, 1, "?"), (2, 2, "{2}"), (1, 3, "{1,3}"), (2, -1, "{2,}"))
                .Select(repeat => (RegexModel)new Repeat(inner, repeat.Item1, repeat.Item2, repeat.Item3))),
            wrapped(Trees(size - 1, leaves, wrapped)));

    private static Gen<RegexModel> Leaves => Gen.OneOf(
        Gen.Elements(Alphabet).Select(static letter => (RegexModel)new Class(letter[0] is ']' or '-' ? $"\\{letter}" : letter, [letter], false)),
        Gen.Constant((RegexModel)new Class(@"\d", ["5"], false)),
        Gen.Constant((RegexModel)new Class(@"\W", ["a", "b", "K", "k", "5", "w"], true)),
        Gen.Elements(Alphabet).Where(static letter => letter is not ("]" or "-")).ListOf(2).SelectMany(static letters => Gen.Elements(true, false)
            .Select(negated => (RegexModel)new Class($"[{(negated ? "^" : "")}{string.Concat(letters)}-]", [.. letters, "-"], negated))),
        Gen.Constant((RegexModel)new Nothing()),
        Gen.Elements(
            (RegexModel)new Place("^", static (_, at) => at == 0),
            new Place("$", static (text, at) => at == text.Length),
            new Place(@"\b", static (text, at) => IsWord(text, at - 1) != IsWord(text, at)),
            new Place(@"\B", static (text, at) => IsWord(text, at - 1) == IsWord(text, at))));

    private static Gen<RegexModel> Re2Leaves => Gen.Elements(
        (RegexModel)new Class(".", ["\n"], true),
        new Place("(?m:^)", static (text, at) => at == 0 || text[at - 1].Value == '\n'),
        new Place("(?m:$)", static (text, at) => at == text.Length || text[at].Value == '\n'));

    private static Gen<RegexModel> EcmaLeaves => Gen.Elements(
        (RegexModel)new Class(".", ["\n", "\r", "\u2028"], true),
        new Class(@"\s", ["\n", "\r", "\u2028", "\uFEFF", "\u00A0"], false),
        new Class("[^]", [], true),
        new Class("[]", [], false),
        new Class(@"[\d-k]", ["5", "-", "k"], false),
        new Class(@"\p{Lu}", ["K", "\u212A", "É"], false),
        new Class(@"\u{1F600}", ["😀"], false),
        new Class(@"\uD83D\uDE01", ["😁"], false));

    private static bool IsWord(Rune[] text, int at) => at >= 0 && at < text.Length && text[at] is { IsAscii: true } rune && (Rune.IsLetterOrDigit(rune) || rune.Value == '_');

    private sealed record Class(string Written, string[] Members, bool Negated) : RegexModel
    {
        public override string Pattern => Written;

        public override IEnumerable<int> Ends(Rune[] text, int start, bool ignoreCase)
        {
            // In the alphabet only these are one letter in several cases. Under negation the set is folded first.
            static string Folded(string letter) => letter is "K" or "k" or "\u212A" ? "k" : letter is "é" or "É" ? "é" : letter;
            if (start < text.Length && Members.Any(member => ignoreCase ? Folded(member) == Folded(text[start].ToString()) : member == text[start].ToString()) != Negated)
            {
                yield return start + 1;
            }
        }
    }

    private sealed record Nothing : RegexModel
    {
        public override string Pattern => "()";

        public override IEnumerable<int> Ends(Rune[] text, int start, bool ignoreCase) => [start];
    }

    private sealed record Place(string Written, Func<Rune[], int, bool> Holds) : RegexModel
    {
        public override string Pattern => Written;

        public override IEnumerable<int> Ends(Rune[] text, int start, bool ignoreCase) => Holds(text, start) ? [start] : [];
    }

    private sealed record Sequence(RegexModel First, RegexModel Second) : RegexModel
    {
        public override string Pattern => Wrapped(First) + Wrapped(Second);

        public override IEnumerable<int> Ends(Rune[] text, int start, bool ignoreCase) =>
            First.Ends(text, start, ignoreCase).SelectMany(middle => Second.Ends(text, middle, ignoreCase)).Distinct();
    }

    private sealed record Choice(RegexModel First, RegexModel Second) : RegexModel
    {
        public override string Pattern => $"{First.Pattern}|{Second.Pattern}";

        public override IEnumerable<int> Ends(Rune[] text, int start, bool ignoreCase) =>
            First.Ends(text, start, ignoreCase).Union(Second.Ends(text, start, ignoreCase));
    }

    private sealed record IgnoringCase(RegexModel Inner) : RegexModel
    {
        public override string Pattern => $"(?i:{Inner.Pattern})";

        public override IEnumerable<int> Ends(Rune[] text, int start, bool ignoreCase) => Inner.Ends(text, start, true);
    }

    private sealed record Repeat(RegexModel Inner, int Least, int Most, string Mark) : RegexModel
    {
        public override string Pattern => $"({Inner.Pattern}){Mark}";

        public override IEnumerable<int> Ends(Rune[] text, int start, bool ignoreCase)
        {
            var found = new HashSet<int>();
            var now = new HashSet<int> { start };
            var ends = new Dictionary<int, int[]>();
            int rounds = Most < 0 ? Least + text.Length + 1 : Most;
            for (int i = 0; i <= rounds; i++)
            {
                if (i >= Least)
                {
                    if (now.IsSubsetOf(found))
                    {
                        break;
                    }

                    found.UnionWith(now);
                }

                foreach (int at in now.Where(at => !ends.ContainsKey(at)))
                {
                    ends[at] = [.. Inner.Ends(text, at, ignoreCase)];
                }

                now = [.. now.SelectMany(at => ends[at])];
            }

            return found;
        }
    }

    private static string Wrapped(RegexModel model) => model is Choice ? $"({model.Pattern})" : model.Pattern;
}
