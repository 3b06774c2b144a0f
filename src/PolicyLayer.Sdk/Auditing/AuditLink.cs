using System.Text.Json;

namespace PolicyLayer.Sdk.Auditing;

/// <summary>What a line of an audit trail says of its place.</summary>
/// <param name="Line">The line.</param>
/// <param name="Sequence">Its number, from 1.</param>
/// <param name="Kind">What it tells of.</param>
/// <param name="Previous">The hash of the line before; null where it names none.</param>
/// <param name="Hash">Its own hash; null where it has none.</param>
internal sealed record AuditLink(JsonElement Line, long Sequence, string? Kind, string? Previous, string? Hash)
{
    /// <summary>A member that is there twice has two meanings, and of two hashes neither would be hashed.</summary>
    private static readonly JsonDocumentOptions EachMemberOnce = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a line; null when it is torn, or none.</summary>
    public static AuditLink? TryRead(ReadOnlySpan<byte> text)
    {
        try
        {
            JsonElement line = JsonElement.Parse(text, EachMemberOnce);
            return line.ValueKind == JsonValueKind.Object && line.TryGetProperty("seq"u8, out JsonElement seq) && seq.ValueKind == JsonValueKind.Number && seq.TryGetInt64(out long sequence)
                ? new AuditLink(line, sequence, TextOf(line, "kind"), TextOf(line, "prev"), TextOf(line, CanonicalLine.Hash))
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text of a member of a line; null where it has none.</summary>
    /// <exception cref="InvalidOperationException">It is of no encoding.</exception>
    public static string? TextOf(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
