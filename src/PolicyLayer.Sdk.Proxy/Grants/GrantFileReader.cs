using System.Security.Cryptography;
using System.Text.Json;

namespace PolicyLayer.Sdk.Proxy.Grants;

/// <summary>Reads the text of a file of grants. Whatever is unknown or wrong in it makes all of it unreadable.</summary>
internal static class GrantFileReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };
    private static readonly string[] Known = ["id", "label", "attributes", "policies", "expires", "token_sha256"];

    /// <exception cref="FormatException">It is no file of grants; the message says where.</exception>
    public static IReadOnlyList<GrantEntry> Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return Entries(JsonElement.Parse(utf8.Span, Strict));
        }
        catch (JsonException e)
        {
            throw new FormatException("it is no JSON, or a member stands twice in it", e);
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("a text in it holds half of a surrogate pair", e);
        }
    }

    private static GrantEntry[] Entries(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || root.GetPropertyCount() != 1 || !root.TryGetProperty("grants", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("it must be one object with the one member `grants`, a list");
        }

        GrantEntry[] entries = [.. list.EnumerateArray().Select(Entry)];
        return entries.Select(static entry => Convert.ToHexString(entry.TokenHash)).Distinct(StringComparer.Ordinal).Count() == entries.Length
            ? entries
            : throw new FormatException("two grants have one token");
    }

    private static GrantEntry Entry(JsonElement entry, int index)
    {
        if (entry.ValueKind != JsonValueKind.Object || entry.EnumerateObject().FirstOrDefault(static member => !Known.Contains(member.Name, StringComparer.Ordinal)) is { Value.ValueKind: not JsonValueKind.Undefined })
        {
            throw Wrong(index, $"must be an object, with members of {string.Join(", ", Known)}");
        }

        string id = Text(entry, "id", index) is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw Wrong(index, "needs an `id`");
        JsonElement attributes = default;
        if (entry.TryGetProperty("attributes", out JsonElement given))
        {
            attributes = given.ValueKind == JsonValueKind.Object ? given : throw Wrong(index, "has `attributes` that are no object");
        }

        return new GrantEntry(new Grant(id, Text(entry, "label", index)) { Attributes = attributes }, Policies(entry, index), Expires(entry, index), Hash(entry, index));
    }

    private static string? Text(JsonElement entry, string name, int index) =>
        !entry.TryGetProperty(name, out JsonElement value) ? null : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(index, $"has `{name}` that is no string");

    private static string[]? Policies(JsonElement entry, int index)
    {
        if (!entry.TryGetProperty("policies", out JsonElement list))
        {
            return null;
        }

        return list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0 && list.EnumerateArray().All(static name => name.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(static name => name.GetString()!)]
            : throw Wrong(index, "has `policies` that are no list of names");
    }

    private static DateTimeOffset? Expires(JsonElement entry, int index)
    {
        if (!entry.TryGetProperty("expires", out JsonElement value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String && value.GetString()!.EndsWith('Z') && value.TryGetDateTimeOffset(out DateTimeOffset time)
            ? time
            : throw Wrong(index, "has `expires` that is no time such as 2026-01-01T00:00:00Z");
    }

    private static byte[] Hash(JsonElement entry, int index)
    {
        byte[] hash = new byte[SHA256.HashSizeInBytes];
        string digits = Text(entry, "token_sha256", index) ?? string.Empty;
        return digits.Length == 2 * hash.Length && Convert.FromHexString(digits, hash, out _, out _) == System.Buffers.OperationStatus.Done
            ? hash
            : throw Wrong(index, "needs `token_sha256`, 64 hexadecimal digits");
    }

    private static FormatException Wrong(int index, string what) => new(FormattableString.Invariant($"its grant {index + 1} {what}"));
}
