using System.Buffers.Binary;

namespace PolicyLayer.Sdk.Arguments;

/// <summary>Where the members of an object stand in its text, so that conditions find them without asking the parser again. On the stack.</summary>
/// <param name="members">Room for them.</param>
internal ref struct MemberIndex(Span<IndexedMember> members)
{
    /// <summary>How many members are worth an index.</summary>
    public const int Most = 12;

    private readonly Span<IndexedMember> _members = members;
    private ReadOnlySpan<byte> _utf8;
    private int _count;

    /// <summary>Whether there is no index.</summary>
    public readonly bool IsEmpty => _utf8.IsEmpty;

    /// <summary>Ends the adding: from now on every member of the object is here.</summary>
    /// <param name="utf8">The object's text.</param>
    public void Complete(ReadOnlySpan<byte> utf8) => _utf8 = utf8;

    /// <summary>Adds a member; false when its name may be there already, or there is no room.</summary>
    public bool TryAdd(ReadOnlySpan<byte> utf8, int nameStart, int nameEnd, int colon)
    {
        ReadOnlySpan<byte> name = utf8[nameStart..nameEnd];
        ulong key = KeyOf(name);
        for (int i = 0; i < _count; i++)
        {
            if (_members[i].Key == key)
            {
                return false;
            }
        }

        if (_count >= _members.Length)
        {
            return false;
        }

        _members[_count++] = new IndexedMember(key, nameStart, name.Length, colon);
        return true;
    }

    /// <summary>Finds a member's value, a string with its quotes; nothing where there is no such member.</summary>
    /// <param name="name">The name.</param>
    /// <param name="key">Its key.</param>
    public readonly ReadOnlySpan<byte> Find(ReadOnlySpan<byte> name, ulong key)
    {
        foreach (ref readonly IndexedMember member in _members[.._count])
        {
            if (member.Key == key)
            {
                return _utf8.Slice(member.NameStart, member.NameLength).SequenceEqual(name) ? ValueAfter(member.Colon) : default;
            }
        }

        return default;
    }

    /// <summary>A number that is the same for equal names, and for few others.</summary>
    public static ulong KeyOf(ReadOnlySpan<byte> name)
    {
        ulong ends = name.Length switch
        {
            >= sizeof(ulong) => BinaryPrimitives.ReadUInt64LittleEndian(name) ^ (BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..]) * 31),
            >= sizeof(uint) => BinaryPrimitives.ReadUInt32LittleEndian(name) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(name[^sizeof(uint)..]) << 32),
            0 => 0,
            _ => name[0] | ((ulong)name[name.Length / 2] << 8) | ((ulong)name[^1] << 16),
        };
        return ends ^ ((ulong)name.Length << 56);
    }

    private readonly ReadOnlySpan<byte> ValueAfter(int colon)
    {
        int start = colon + 1;
        while (_utf8[start] <= ' ')
        {
            start++;
        }

        ReadOnlySpan<byte> rest = _utf8[start..];
        if (rest[0] == '"')
        {
            return rest[..(rest[1..].IndexOf((byte)'"') + 2)];
        }

        int length = 1;
        while (rest[length] is not ((byte)',' or (byte)'}' or <= (byte)' '))
        {
            length++;
        }

        return rest[..length];
    }
}
