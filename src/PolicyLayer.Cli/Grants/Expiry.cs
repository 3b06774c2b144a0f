using System.Text.Json;

namespace PolicyLayer.Cli.Grants;

/// <summary>Until when a grant counts, as the file has it.</summary>
internal static class Expiry
{
    /// <exception cref="UsageException">It is no such time, or has passed.</exception>
    public static string? Check(string? text, TimeProvider time) =>
        text is null ? null
        : !text.EndsWith('Z') || !JsonElement.Parse($"\"{JsonEncodedText.Encode(text)}\"").TryGetDateTimeOffset(out DateTimeOffset expires) ? throw new UsageException($"--expires `{text}` is no time such as 2030-01-01T00:00:00Z")
        : expires <= time.GetUtcNow() ? throw new UsageException($"--expires `{text}` has passed; name a time to come")
        : text;
}
