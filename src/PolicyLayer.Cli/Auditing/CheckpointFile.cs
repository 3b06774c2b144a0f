using System.Text.Json;
using PolicyLayer.Cli.Grants;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk.Auditing;

namespace PolicyLayer.Cli.Auditing;

/// <summary>The file that remembers the last record of a trail, kept where those who write the trail cannot write.</summary>
internal static class CheckpointFile
{
    private const int MaxBytes = 4096;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a checkpoint.</summary>
    /// <returns>It; null where there is no such file, or none is named.</returns>
    /// <exception cref="UsageException">It cannot be read, or is none.</exception>
    public static async Task<AuditCheckpoint?> ReadAsync(string? path, CancellationToken cancellationToken)
    {
        byte[]? text = path is null ? null : await SmallFile.ReadAsync(path, "a checkpoint", MaxBytes, cancellationToken).ConfigureAwait(false);
        return text is null ? null : TryParse(text) ?? throw new UsageException($$"""{{path}}: this is no checkpoint, such as {"seq":5,"hash":"sha256:…"}, and was left as it is; name another file, or one that does not exist yet""");
    }

    /// <summary>Remembers a later record. It never goes back: where two commands end together, the later record stays.</summary>
    /// <param name="path">The file, made when missing; a link stays one.</param>
    /// <param name="last">The record.</param>
    /// <param name="time">The clock that other commands are waited for by.</param>
    /// <param name="cancellationToken">Ends that waiting.</param>
    /// <exception cref="UsageException">It cannot be read or written, or another command keeps it.</exception>
    public static async Task AdvanceAsync(string path, AuditCheckpoint last, TimeProvider time, CancellationToken cancellationToken)
    {
        string target = WholeFile.TargetOf(path);
        using (await FileLock.TakeAsync(target, time, cancellationToken).ConfigureAwait(false))
        {
            if (await ReadAsync(target, cancellationToken).ConfigureAwait(false) is not { } known || known.Sequence < last.Sequence)
            {
                WholeFile.Write(target, ToJson(last) + "\n", replace: true);
            }
        }
    }

    private static string ToJson(AuditCheckpoint checkpoint) => JsonLine.Of(writer => TrailReportPrinter.Write(writer, checkpoint));

    private static AuditCheckpoint? TryParse(byte[] text)
    {
        try
        {
            JsonElement checkpoint = JsonElement.Parse(text, Strict);
            return checkpoint.ValueKind == JsonValueKind.Object && checkpoint.GetPropertyCount() == 2
                && checkpoint.TryGetProperty("seq"u8, out JsonElement seq) && seq.ValueKind == JsonValueKind.Number && seq.TryGetInt64(out long sequence) && sequence > 0
                && checkpoint.TryGetProperty("hash"u8, out JsonElement hash) && hash.ValueKind == JsonValueKind.String && AuditHash.IsHash(hash.GetString()!)
                ? new AuditCheckpoint(sequence, hash.GetString()!)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
