using System.Runtime.InteropServices;
using System.Text.Json;

namespace PolicyLayer.Schemas.Text;

/// <summary>What tells an element from others that say the same: an element has no identity but the place of its text.</summary>
internal static class ElementPlace
{
    /// <summary>How many bytes into the text of an element around it the text of one begins.</summary>
    public static int OffsetIn(this JsonElement element, JsonElement around)
    {
        _ = JsonMarshal.GetRawUtf8Value(around).Overlaps(JsonMarshal.GetRawUtf8Value(element), out int offset);
        return offset;
    }
}
