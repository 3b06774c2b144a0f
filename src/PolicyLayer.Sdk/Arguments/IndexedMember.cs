using System.Runtime.InteropServices;

namespace PolicyLayer.Sdk.Arguments;

/// <summary>Where a member stands in the text of its object.</summary>
/// <param name="Key">What tells its name from most others: <see cref="MemberIndex.KeyOf"/>.</param>
/// <param name="NameStart">Where the name begins, behind the quote.</param>
/// <param name="NameLength">How long it is, in bytes.</param>
/// <param name="Colon">Where the colon stands.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IndexedMember(ulong Key, int NameStart, int NameLength, int Colon);
