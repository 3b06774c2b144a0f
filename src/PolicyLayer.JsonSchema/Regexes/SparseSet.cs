namespace PolicyLayer.Schemas.Regexes;

/// <summary>A set of small numbers that is emptied at once, and can grow while somebody goes through it.</summary>
internal sealed class SparseSet(int capacity)
{
    private readonly int[] _members = new int[capacity];

    /// <summary>Where a number stands in <see cref="_members"/>, if it is one of the first <see cref="Count"/>; else what is left of former times.</summary>
    private readonly int[] _places = new int[capacity];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Members => _members.AsSpan(0, Count);

    public int this[int place] => _members[place];

    public void Clear() => Count = 0;

    public void Add(int number)
    {
        int place = _places[number];
        if ((uint)place < (uint)Count && _members[place] == number)
        {
            return;
        }

        _places[number] = Count;
        _members[Count++] = number;
    }
}
