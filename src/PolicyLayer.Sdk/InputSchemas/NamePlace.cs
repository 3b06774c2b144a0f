using System.Buffers;
using System.Text.Unicode;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>A place in the arguments, and the members that a schema declares there. Places may lead back to themselves.</summary>
internal sealed class NamePlace
{
    private const int StackChars = 128;
    private const int BytesOfChar = 3;

    private NameTable _names = new([]);
    private HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _anyCase;
    private NamePlace?[] _children = [];
    private int _longest;

    /// <summary>The declared names.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>The place of members that are not declared; null where nothing is declared in them.</summary>
    public NamePlace? Others { get; private set; }

    /// <summary>The place of items; null where nothing is declared in them.</summary>
    public NamePlace? Items { get; private set; }

    /// <summary>Whether nothing is declared in what stands here.</summary>
    public bool IsFlat => Others is null && Items is null && Array.TrueForAll(_children, static child => child is null);

    /// <summary>Fills the place, once.</summary>
    /// <param name="declared">How many of the names are declared; others are asked for all the same.</param>
    /// <param name="names">The names, declared ones first.</param>
    /// <param name="children">Where each of them leads.</param>
    /// <param name="others">Where other members lead.</param>
    /// <param name="items">Where items lead.</param>
    public void Complete(int declared, string[] names, NamePlace?[] children, NamePlace? others, NamePlace? items)
    {
        Names = names[..declared];
        _names = new NameTable(names);
        _anyCase = new HashSet<string>(names, AnyCase.Comparer).GetAlternateLookup<ReadOnlySpan<char>>();
        _children = children;
        _longest = names.Length == 0 ? 0 : names.Max(static name => name.Length);
        Others = others;
        Items = items;
    }

    /// <summary>Finds where a member leads.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="child">The place of its value; null where nothing is declared in it.</param>
    /// <returns>False when the name differs only in case from one that is declared or asked for.</returns>
    public bool TryEnter(scoped JsonText name, out NamePlace? child)
    {
        int index = _names.Find(name);
        child = index < 0 ? Others : _children[index];
        return index >= 0 || FindInAnyCase(name) is null;
    }

    /// <summary>The name, declared or asked for, that equals a name but for upper and lower case; or null.</summary>
    public string? FindInAnyCase(scoped JsonText name)
    {
        // Case never changes the number of characters, so what is longer needs no room.
        if (_longest == 0)
        {
            return null;
        }

        if (_longest <= StackChars)
        {
            return FindInAnyCase(name, stackalloc byte[StackChars * BytesOfChar], stackalloc char[StackChars * BytesOfChar]);
        }

        byte[] bytes = ArrayPool<byte>.Shared.Rent(_longest * BytesOfChar);
        char[] chars = ArrayPool<char>.Shared.Rent(_longest * BytesOfChar);
        string? found = FindInAnyCase(name, bytes, chars);
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<char>.Shared.Return(chars);
        return found;
    }

    private string? FindInAnyCase(scoped JsonText name, scoped Span<byte> bytes, scoped Span<char> chars)
    {
        if (!name.TryDecode(bytes, out int length))
        {
            return null;
        }

        _ = Utf8.ToUtf16(bytes[..length], chars, out _, out int count);
        return _anyCase.TryGetValue(chars[..count], out string? declared) ? declared : null;
    }
}
