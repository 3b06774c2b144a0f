using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PolicyLayer.Sdk.Compilation.Paths;

/// <summary>One step of a path: a member's name, which in a list is an index; or <c>*</c>, every one of them.</summary>
internal sealed class PathSegment(string name, bool isEvery)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(name);
    private readonly int _index = IsIndex(name, out int index) ? index : -1;

    public string Name { get; } = name;

    public bool IsEvery { get; } = isEvery;

    /// <summary>Goes one step; false when there is nothing.</summary>
    public bool TryStep(ref JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return value.TryGetProperty(_utf8, out value);
        }

        if (value.ValueKind != JsonValueKind.Array || _index < 0 || _index >= value.GetArrayLength())
        {
            return false;
        }

        value = value[_index];
        return true;
    }

    private static bool IsIndex(string name, out int index) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out index) && (name.Length == 1 || name[0] != '0');
}
