using System.Runtime.InteropServices;

namespace PolicyLayer.Sdk.Linting.Names;

/// <summary>Finds names that one edit (insert, delete or replace a character, or swap neighbours) turns into a given one: both have a text in common once a character is left out. Looking one up costs its length, not the number of names.</summary>
internal sealed class EditIndex
{
    /// <summary>Longer names are not looked at.</summary>
    private const int LongestName = 64;

    /// <summary>Of names that all have one text in common, so many are compared with each.</summary>
    private const int MostOfOneText = 16;

    private readonly List<string> _names = [];
    private readonly Dictionary<ulong, int> _heads = [];
    private readonly List<(int Name, int Next)> _links = [];
    private readonly HashSet<int> _compared = [];

    /// <summary>How many pairs of names have been compared so far.</summary>
    public long Comparisons { get; private set; }

    public void Add(string name)
    {
        if (name.Length > LongestName)
        {
            return;
        }

        for (int left = -1; left < name.Length; left++)
        {
            if (IsNew(name, left))
            {
                ref int head = ref CollectionsMarshal.GetValueRefOrAddDefault(_heads, HashWithout(name, left), out bool exists);
                _links.Add((_names.Count, exists ? head : -1));
                head = _links.Count - 1;
            }
        }

        _names.Add(name);
    }

    /// <summary>The latest added names that are one edit from this one, itself not.</summary>
    public IEnumerable<string> Near(string name)
    {
        _compared.Clear();
        for (int left = -1; left < name.Length && name.Length <= LongestName; left++)
        {
            foreach (int index in IsNew(name, left) ? Bucket(name, left) : [])
            {
                if (_compared.Add(index))
                {
                    Comparisons++;
                    if (Edit.Between(name, _names[index]) is not null)
                    {
                        yield return _names[index];
                    }
                }
            }
        }
    }

    private List<int> Bucket(string name, int left)
    {
        var found = new List<int>();
        int link = _heads.GetValueOrDefault(HashWithout(name, left), -1);
        while (link >= 0 && found.Count < MostOfOneText)
        {
            found.Add(_links[link].Name);
            link = _links[link].Next;
        }

        return found;
    }

    /// <summary>Of a run of one character, it does not matter which is left out.</summary>
    private static bool IsNew(string name, int left) => left < 1 || name[left] != name[left - 1];

    /// <summary>FNV-1a: the same in every process, so that the same pairs are compared.</summary>
    private static ulong HashWithout(string name, int left)
    {
        ulong hash = 14695981039346656037;
        for (int i = 0; i < name.Length; i++)
        {
            hash = i == left ? hash : (hash ^ name[i]) * 1099511628211;
        }

        return hash;
    }
}
