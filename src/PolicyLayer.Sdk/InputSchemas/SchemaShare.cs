using System.Runtime.InteropServices;
using System.Text.Json;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>How much the compiler may do for a tool's own schema: servers list thousands of them, so a few bytes must not stand for much work.</summary>
internal static class SchemaShare
{
    /// <param name="schema">The schema.</param>
    /// <param name="always">What it may take whatever its size.</param>
    /// <param name="ofByte">What more for each byte of its text.</param>
    /// <param name="most">What none may exceed.</param>
    public static int Of(JsonElement schema, int always, int ofByte, int most) =>
        (int)Math.Min(most, always + ((long)ofByte * JsonMarshal.GetRawUtf8Value(schema).Length));
}
