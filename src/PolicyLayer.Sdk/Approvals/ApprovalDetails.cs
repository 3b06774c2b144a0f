using System.Buffers;
using System.Text;
using System.Text.Json;

namespace PolicyLayer.Sdk.Approvals;

/// <summary>What is asked, as one text that a store keeps beside what becomes of it.</summary>
internal static class ApprovalDetails
{
    public static string Write(StoredApproval asked)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, asked.Id);
            writer.WriteString("fingerprint"u8, asked.Fingerprint);
            writer.WriteString("tool"u8, asked.Tool);
            writer.WriteString("arguments"u8, asked.Arguments);
            writer.WriteString("grant"u8, asked.Grant);
            writer.WriteString("grant_label"u8, asked.GrantLabel);
            writer.WriteString("user"u8, asked.User);
            writer.WriteString("session"u8, asked.Session);
            writer.WriteString("server"u8, asked.Server);
            writer.WriteString("policy"u8, asked.PolicyVersion);
            Write(writer, "rules"u8, asked.Rules);
            Write(writer, "reasons"u8, asked.Reasons);
            writer.WriteNumber("lifetime"u8, asked.Lifetime.Ticks);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>What was asked; what became of it is for the store to add.</summary>
    /// <exception cref="CounterStoreException">The text is not one of ours.</exception>
    public static StoredApproval Read(string details)
    {
        try
        {
            var value = JsonElement.Parse(details);
            return new StoredApproval
            {
                Id = Text(value, "id"u8)!,
                Fingerprint = Text(value, "fingerprint"u8)!,
                Tool = Text(value, "tool"u8)!,
                Arguments = Text(value, "arguments"u8)!,
                Grant = Text(value, "grant"u8)!,
                GrantLabel = Text(value, "grant_label"u8),
                User = Text(value, "user"u8),
                Session = Text(value, "session"u8),
                Server = value.TryGetProperty("server"u8, out JsonElement server) ? server.GetString() : null,
                PolicyVersion = Text(value, "policy"u8)!,
                Rules = Texts(value, "rules"u8),
                Reasons = Texts(value, "reasons"u8),
                Lifetime = TimeSpan.FromTicks(value.GetProperty("lifetime"u8).GetInt64()),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentNullException)
        {
            throw Spoilt(e);
        }
    }

    /// <summary>A store holds something else than it was given.</summary>
    public static CounterStoreException Spoilt(Exception? innerException = null) => new("the store of approvals holds what nobody has put there", innerException!);

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static string? Text(JsonElement value, ReadOnlySpan<byte> name) => value.GetProperty(name).GetString();

    private static string[] Texts(JsonElement value, ReadOnlySpan<byte> name) => [.. value.GetProperty(name).EnumerateArray().Select(static text => text.GetString()!)];
}
