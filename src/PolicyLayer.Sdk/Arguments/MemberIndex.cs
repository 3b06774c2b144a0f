using System.Buffers.Binary;

namespace PolicyLayer.Sdk.Arguments;

/// <summary>Where the members of an object stand in its text, so that conditions find them without asking the parser again. On the stack.</summary>
internal ref struct MemberIndex
{
    /// <summary>How many members are worth an index.</summary>
    public const int Most = 8;

    private Span<IndexedMember> _members;
    private ReadOnlySpan<byte> _utf8;
    private int _count;

    /// <summary>The members so far, in the order of the text.</summary>
    public readonly ReadOnlySpan<IndexedMember> Members => _members[.._count];

    /// <summary>Whether there is no index.</summary>
    public readonly bool IsEmpty => _utf8.IsEmpty;

    /// <summary>Gives it room for members; without, there is no index. Not by a constructor, for what that makes would be copied, and the processor waits for what was just written in parts.</summary>
    public void Use(Span<IndexedMember> room) => _members = room;

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

        if (_count >= _members.Length || name.Length > ushort.MaxValue || colon - nameEnd > ushort.MaxValue)
        {
            return false;
        }

        _members[_count++] = new IndexedMember(key, nameStart, (ushort)name.Length, (ushort)(colon - nameEnd));
        return true;
    }

    /// <summary>Finds a member's value, a string with its quotes; nothing where there is no such member.</summary>
    /// <param name="name">The name.</param>
    /// <param name="key">Its key.</param>
    public readonly ReadOnlySpan<byte> Find(ReadOnlySpan<byte> name, ulong key)
    {
        for (int i = 0; i < _count; i++)
        {
            ref readonly IndexedMember member = ref _members[i];
            if (member.Key == key)
            {
                return _utf8.Slice(member.NameStart, member.NameLength).SequenceEqual(name) ? TrimmedValue(i) : default;
            }
        }

        return default;
    }

    /// <summary>What stands between a member's colon and the quote of the next name, or the closing bracket.</summary>
    /// <param name="utf8">The object's text, which need not be complete.</param>
    /// <param name="i">The member's place in the order they were added.</param>
    public readonly ReadOnlySpan<byte> AfterColon(ReadOnlySpan<byte> utf8, int i)
    {
        int end = i + 1 < _count ? _members[i + 1].NameStart - 1 : utf8.Length - 1;
        return utf8[(_members[i].Colon + 1)..end];
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

    private readonly ReadOnlySpan<byte> TrimmedValue(int i)
    {
        ReadOnlySpan<byte> value = AfterColon(_utf8, i);
        int start = 0;
        while (value[start] <= ' ')
        {
            start++;
        }

        // Nothing but white space and a comma can stand behind it.
        int last = value.Length - 1;
        while (value[last] is <= (byte)' ' or (byte)',')
        {
            last--;
        }

        return value[start..(last + 1)];
    }
}
