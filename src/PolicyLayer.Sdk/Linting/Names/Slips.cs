namespace PolicyLayer.Sdk.Linting.Names;

/// <summary>Finds names that are most likely others with a slip of the pen, among names of which many differ by one letter because they mean to: <c>get_user</c> and <c>get_users</c>, <c>get_x</c> and <c>set_x</c>, <c>contact</c> and <c>contract</c>.</summary>
internal sealed class Slips
{
    private const int ShortestName = 6;
    private const int ShortestWord = 5;
    private const int ShortestSwappedWord = 4;

    /// <summary>A word that stands in so many names is meant.</summary>
    private const int Usual = 3;

    private readonly EditIndex _index = new();
    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);

    /// <param name="names">All names and patterns that there are, for the words in them.</param>
    public Slips(IEnumerable<string> names)
    {
        foreach (string word in names.SelectMany(static name => Words.Of(name).Distinct(StringComparer.Ordinal)))
        {
            _uses[word] = _uses.GetValueOrDefault(word) + 1;
        }
    }

    /// <summary>How many pairs of names have been compared so far.</summary>
    public long Comparisons => _index.Comparisons;

    /// <summary>The name added before that this one is a slip of, or that is one of it; null when there is none. Then it is added.</summary>
    public string? FindAndAdd(string name)
    {
        if (name.Length < ShortestName)
        {
            return null;
        }

        string? found = _index.Near(name).FirstOrDefault(other => other.Length >= ShortestName && IsSlip(Edit.Between(name, other)!.Value));
        _index.Add(name);
        return found;
    }

    private bool IsSlip(in Edit edit)
    {
        (int start, int length) = Words.At(edit.Longer, edit.At).GetOffsetAndLength(edit.Longer.Length);
        (int otherStart, int otherLength) = Words.At(edit.Shorter, edit.At).GetOffsetAndLength(edit.Shorter.Length);
        bool isWithin = edit.At > start && edit.At < start + length - 1 && otherLength >= length - 1;
        return edit.Kind switch
        {
            EditKind.Swap => edit.At < start + length - 1 && length == otherLength && length >= ShortestSwappedWord,
            EditKind.Delete when length >= ShortestWord && isWithin => IsDoubled(edit) || IsOdd(edit.Longer.Substring(start, length), edit.Shorter.Substring(otherStart, otherLength)),
            EditKind.Replace when length >= ShortestWord && isWithin => length == otherLength && IsOdd(edit.Longer.Substring(start, length), edit.Shorter.Substring(otherStart, otherLength)),
            _ => false,
        };
    }

    /// <summary>Whether a letter is left out that stands there twice.</summary>
    private static bool IsDoubled(in Edit edit) => edit.Longer[edit.At] == edit.Longer[edit.At - 1];

    /// <summary>Whether one word stands in this one name alone, and the other in many.</summary>
    private bool IsOdd(string one, string other) =>
        (Uses(one), Uses(other)) is (1, >= Usual) or ( >= Usual, 1);

    private int Uses(string word) => _uses.GetValueOrDefault(word.ToLowerInvariant());
}
