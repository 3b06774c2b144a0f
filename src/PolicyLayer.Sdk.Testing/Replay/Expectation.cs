using System.Text.Encodings.Web;
using System.Text.Json;
using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Testing.Replay;

/// <summary>Compares a decision with what a line expects of it.</summary>
internal static class Expectation
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The first member that is not as expected, in words; null when all are.</summary>
    public static string? Mismatch(CallLine call, in ToolDecision decision)
    {
        if (call.Expected.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        ToolDecision judged = decision;
        JsonElement actual = WrittenJson.Of(judged.WriteTo, Readable);
        foreach (JsonProperty member in call.Expected.EnumerateObject())
        {
            bool isThere = actual.TryGetProperty(member.Name, out JsonElement value);
            if (!isThere ? member.Value.ValueKind != JsonValueKind.Null : !JsonElement.DeepEquals(member.Value, value))
            {
                return $"expected {member.Name} {member.Value.GetRawText()}, got {(isThere ? value.GetRawText() : "none")}";
            }
        }

        return null;
    }
}
