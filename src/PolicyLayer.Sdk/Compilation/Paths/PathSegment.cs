using System.Globalization;
using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Arguments;

namespace PolicyLayer.Sdk.Compilation.Paths;

/// <summary>One step of a path: a member's name, which in a list is an index; or <c>*</c>, every one of them.</summary>
internal sealed class PathSegment(string name, bool isEvery)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(name);
    private readonly ulong _key = MemberIndex.KeyOf(Encoding.UTF8.GetBytes(name));
    private readonly int _index = IsIndex(name, out int index) ? index : -1;

    public string Name { get; } = name;

    public bool IsEvery { get; } = isEvery;

    /// <summary>Finds a member of this name where an index has it.</summary>
    public bool TryFind(in MemberIndex index, ref PathValue value)
    {
        ReadOnlySpan<byte> found = index.Find(_utf8, _key);
        if (found.IsEmpty)
        {
            return false;
        }

        value.Take(found);
        return true;
    }

    /// <summary>Goes into an object; false, and the value is used no more, when it has no such member.</summary>
    public bool TryEnter(in JsonElement parent, ref PathValue value) => value.TryEnter(parent, _utf8);

    /// <summary>Goes one step; false, and the value is used no more, when there is nothing.</summary>
    public bool TryStep(ref PathValue value)
    {
        if (value.Kind == JsonValueKind.Object)
        {
            return TryEnter(value.Element, ref value);
        }

        if (value.Kind != JsonValueKind.Array || _index < 0 || _index >= value.Element.GetArrayLength())
        {
            return false;
        }

        value = new PathValue(value.Element[_index]);
        return true;
    }

    private static bool IsIndex(string name, out int index) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out index) && (name.Length == 1 || name[0] != '0');
}
