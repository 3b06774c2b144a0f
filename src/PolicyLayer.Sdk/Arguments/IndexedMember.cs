using System.Runtime.InteropServices;

namespace PolicyLayer.Sdk.Arguments;

/// <summary>Where a member stands in the text of its object. Small, for room for many is cleared with every call.</summary>
/// <param name="Key">What tells its name from most others: <see cref="MemberIndex.KeyOf"/>.</param>
/// <param name="NameStart">Where the name begins, behind the quote.</param>
/// <param name="NameLength">How long it is, in bytes.</param>
/// <param name="ColonAfter">How many bytes behind the name's last the colon stands.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IndexedMember(ulong Key, int NameStart, ushort NameLength, ushort ColonAfter)
{
    /// <summary>Where the quote behind the name stands.</summary>
    public int NameEnd => NameStart + NameLength;

    /// <summary>Where the colon stands.</summary>
    public int Colon => NameEnd + ColonAfter;
}
